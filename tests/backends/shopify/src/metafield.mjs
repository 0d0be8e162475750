// Metafields and metaobjects: where a merchant keeps what Shopify has no field for.
import { gid } from './catalogue.mjs';
import { connection } from './connection.mjs';

let next = 900;

/** A holder's `metafield(namespace, key)`; `fields` maps `namespace.key` to a maker of [type, value, references]. */
export function metafields(fields) {
  const metafield = ({ namespace = 'custom', key }) => {
    const made = fields[`${namespace}.${key}`]?.();
    return made == null ? null : one(namespace, key, made);
  };
  return { metafield, metafields: ({ identifiers }) => identifiers.map(metafield) };
}

function one(namespace, key, [type, value, linked]) {
  const several = Array.isArray(linked);
  return {
    __typename: 'Metafield',
    id: gid('Metafield', (next += 1)),
    namespace,
    key,
    type,
    value,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    reference: several ? null : linked ?? null,
    references: (args) => (several ? connection(linked, args, (node) => node) : null),
  };
}

/** A metaobject of `fields`: key → [type, value, references]. */
export function metaobject(id, type, handle, fields) {
  const field = ({ key }) => (fields[key] && fields[key][1] != null ? one('', key, fields[key]) : null);
  return {
    __typename: 'Metaobject',
    id,
    type,
    handle,
    updatedAt: '2026-01-01T00:00:00Z',
    field,
    fields: () => Object.keys(fields).map((key) => field({ key })).filter(Boolean),
  };
}
