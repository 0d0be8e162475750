// Relay connections as Shopify pages them: at most 250 at a time, opaque cursors.
import { GraphQLError } from 'graphql';

const cursorOf = (place) => Buffer.from(JSON.stringify({ last_id: place, last_value: place })).toString('base64');

function placeOf(cursor) {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')).last_id;
    if (Number.isInteger(place)) return place;
  } catch { /* told below */ }
  throw new GraphQLError('Invalid cursor for current pagination sort.', { extensions: { code: 'BAD_REQUEST' } });
}

/** Pages `items`; `node` makes one of them when it is asked for. */
export function connection(items, args, node, more = {}) {
  if (args.first == null && args.last == null) {
    throw new GraphQLError("you must provide one of first or last", { extensions: { code: 'BAD_REQUEST' } });
  }
  if (args.first > 250 || args.first < 0) {
    throw new GraphQLError(`first must be within 0 and 250, got ${args.first}`, { extensions: { code: 'BAD_REQUEST' } });
  }
  const start = args.after == null ? 0 : placeOf(args.after) + 1;
  const page = items.slice(start, start + (args.first ?? 250));
  const places = page.map((_, at) => start + at);
  return {
    nodes: () => page.map(node),
    edges: () => page.map((item, at) => ({ cursor: cursorOf(start + at), node: () => node(item) })),
    pageInfo: {
      hasNextPage: start + page.length < items.length,
      hasPreviousPage: start > 0,
      startCursor: places.length ? cursorOf(places[0]) : null,
      endCursor: places.length ? cursorOf(places.at(-1)) : null,
    },
    ...more,
  };
}
