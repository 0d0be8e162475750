// Errors as commercetools words them (https://docs.commercetools.com/api/errors).

export class Problem extends Error {
  constructor(status, code, message, more = {}) {
    super(message);
    this.status = status;
    this.body = { statusCode: status, message, errors: [{ code, message, ...more }] };
  }
}

export const invalidInput = (message) => new Problem(400, "InvalidInput", message);
export const notFound = (message) => new Problem(404, "ResourceNotFound", message);
export const unauthorized = (code, message) => new Problem(401, code, message);

export function concurrent(id, expected, current) {
  const message = `Object ${id} has a different version than expected. Expected: ${expected} - Actual: ${current}.`;
  return new Problem(409, "ConcurrentModification", message, { currentVersion: current });
}
