// One GraphQL request: refused like Shopify does when it is not of the published schema, else answered.
import { execute, getOperationAST, GraphQLError, parse, validate } from 'graphql';
import { contextOf } from './context.mjs';
import { mutation, query } from './root.mjs';
import { schema } from './schema.mjs';

const failed = (errors, code) => ({ errors: errors.map((e) => ({ ...e.toJSON(), extensions: { code: e.extensions?.code ?? code } })) });

/** Fields that a token without the inventory scope may not read (`unauthenticated_read_product_inventory`). */
const INVENTORY = new Set(['ProductVariant.quantityAvailable', 'StoreAvailability.quantityAvailable']);

function resolver(inventory) {
  return (source, args, market, info) => {
    if (!inventory && INVENTORY.has(`${info.parentType.name}.${info.fieldName}`)) {
      throw new GraphQLError(`Access denied for ${info.fieldName} field.`, { extensions: { code: 'ACCESS_DENIED' } });
    }
    const value = source?.[info.fieldName];
    return typeof value === 'function' ? value(args, market, info) : value;
  };
}

/** Answers `{query, variables, operationName}`. */
export async function answer(asked, { inventory = true } = {}) {
  let document;
  try {
    document = parse(asked.query ?? '');
  } catch (error) {
    return failed([error], 'PARSE_ERROR');
  }
  const faults = validate(schema, document);
  if (faults.length) return failed(faults, 'GRAPHQL_VALIDATION_FAILED');
  const operation = getOperationAST(document, asked.operationName);
  if (!operation) return failed([new GraphQLError('An operation name is required')], 'BAD_REQUEST');
  let market;
  try {
    market = contextOf(schema, operation, asked.variables ?? {});
  } catch (error) {
    return failed([error], 'INVALID_VARIABLE');
  }
  const result = await execute({
    schema,
    document,
    rootValue: operation.operation === 'mutation' ? mutation : query,
    contextValue: market,
    variableValues: asked.variables,
    operationName: asked.operationName,
    fieldResolver: resolver(inventory),
  });
  if (!result.errors) return result;
  result.errors.forEach((e) => e.extensions?.code ?? process.stderr.write(`${e.stack}\n`));
  const { errors } = failed(result.errors, result.data === undefined ? 'INVALID_VARIABLE' : 'INTERNAL_SERVER_ERROR');
  return { ...result, errors };
}
