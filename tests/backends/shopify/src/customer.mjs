// Customers, by Shopify's legacy customer accounts (e-mail address and password).
import { randomBytes } from 'node:crypto';
import { customersById } from './catalogue.mjs';
import { connection } from './connection.mjs';

/** Token → id of the customer whom it lets in. */
const tokens = new Map();

export function customerAccessTokenCreate({ input }) {
  const known = [...customersById].find(([, c]) => c.email === input.email.trim().toLowerCase() && c.password === input.password);
  if (!known) {
    const unknown = { code: 'UNIDENTIFIED_CUSTOMER', field: ['input'], message: 'Unidentified customer' };
    return { customerAccessToken: null, customerUserErrors: [unknown], userErrors: [unknown] };
  }
  const accessToken = randomBytes(16).toString('hex');
  tokens.set(accessToken, known[0]);
  const expiresAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
  return { customerAccessToken: { accessToken, expiresAt }, customerUserErrors: [], userErrors: [] };
}

export function customerOf(token) {
  const record = customersById.get(tokens.get(token));
  if (!record) return null;
  const [firstName, ...rest] = record.name.split(' ');
  return {
    id: tokens.get(token),
    email: record.email,
    firstName,
    lastName: rest.join(' '),
    displayName: record.name,
    acceptsMarketing: record.groups.includes('subscriber'),
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    numberOfOrders: '0',
    tags: [...record.groups].sort(),
    // Orders are placed in Shopify's checkout, which is not here.
    orders: (args) => connection([], args, (order) => order),
  };
}
