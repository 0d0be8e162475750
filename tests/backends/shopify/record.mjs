// Records the answers that the adapter's tests replay: `node record.mjs` while the server runs, with its address
// in $URL (default http://127.0.0.1:3330). Long lists are cut and random ids replaced, so that a record is small
// and the same every time.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const adapter = new URL('../../../commerce/src/adapters/shopify/', import.meta.url);
const folder = new URL('../../../fixtures/recorded/shopify/', import.meta.url);
const endpoint = `${process.env.URL ?? 'http://127.0.0.1:3330'}/api/2026-04/graphql.json`;

/** The adapter's documents by name, put together as `documents.rs` says. */
const listed = readFileSync(new URL('documents.rs', adapter), 'utf8').matchAll(/^ {4}([A-Z_]+) = ((?:"\w+" ?)+);/gm);
const documents = Object.fromEntries([...listed].map(([, name, files]) => [
  name,
  [...files.matchAll(/"(\w+)"/g)].map(([, file]) => readFileSync(new URL(`graphql/${file}.graphql`, adapter), 'utf8')).join(''),
]));

const seen = new Map();
/** A random id by its turn. */
const fixed = (id) => seen.get(id) ?? seen.set(id, `random-${seen.size + 1}`).get(id);

/** Asks; `name` writes the answer down, after `cut` has shortened it. */
async function ask(document, variables, name, cut = () => {}, token = 'shpat_larkspur') {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'shopify-storefront-private-token': token },
    body: JSON.stringify({ query: documents[document], variables: { country: 'GB', language: 'EN', ...variables } }),
  });
  const answer = await response.json();
  if (name) {
    const small = structuredClone(answer);
    cut(small.data);
    writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(small, null, 1).replace(/[0-9a-f]{16,40}/g, fixed)}\n`);
  }
  return answer.data;
}

mkdirSync(folder, { recursive: true });
const german = { country: 'DE', language: 'DE' };
const first = (nodes, count) => nodes.splice(count);

await ask('PRODUCT', { handle: 'harbour-trench-coat', ...german }, 'product', (d) => {
  first(d.product.variants.nodes, 2);
  first(d.product.images.nodes, 1);
  first(d.product.attributes.references.nodes, 2);
});
await ask('OPTIONS', { handle: 'harbour-trench-coat' }, 'options');
await ask('PRODUCT', { handle: 'larder-hamper' }, 'product_without_options', (d) => first(d.product.images.nodes, 1));
await ask('OPTIONS', { handle: 'larder-hamper' }, 'options_of_none');
await ask('PRODUCT', { handle: 'larder-hamper' }, 'product_without_scope', undefined, 'shpat_without_inventory');
await ask('MENU', german, 'menu', (d) => {
  d.menu.items = [d.menu.items[0], d.menu.items.at(-1)];
  first(d.menu.items[0].items, 1);
});
const candles = { handle: 'candles', first: 2, filters: [], sortKey: 'COLLECTION_DEFAULT', reverse: false };
await ask('COLLECTION', { ...candles, counting: true }, 'collection');
await ask('COLLECTION_FILTERS', candles, 'collection_filters');
const cursors = await ask('COLLECTION_CURSORS', candles, 'collection_cursors');
const after = cursors.collection.products.edges[1].cursor;
await ask('COLLECTION', { ...candles, after, counting: false }, 'collection_second_page');
const trench = { query: 'trench', first: 1, filters: [], sortKey: 'RELEVANCE', reverse: false };
await ask('SEARCH', trench, 'search', (d) => first(d.search.filters, 1));
await ask('RELATED', { handle: 'larder-hamper' }, 'related', (d) => first(d.chosen, 1));
await ask('REVIEWS', { handle: 'harbour-trench-coat' }, 'reviews', (d) => first(d.product.reviews.references.nodes, 4));
await ask('STORES', german, 'stores', (d) => first(d.locations.nodes, 1));
const variants = await ask('VARIANT_OF_SKU', { handle: 'larder-hamper' }, 'variant_of_sku');
const [{ id: hamper }] = variants.product.variants.nodes;
await ask('STORE_STOCK', { id: hamper }, 'store_stock', (d) => first(d.node.storeAvailability.nodes, 2));
const blocks = await ask('CONTENT_LIST', {}, 'content_list', (d) => first(d.metaobjects.nodes, 3));
const ids = [...blocks.metaobjects.nodes.filter((b) => b.slot.value === 'home_hero').slice(0, 1), ...blocks.metaobjects.nodes.filter((b) => b.slot.value === 'offer_of_the_day').slice(0, 1)].map((b) => b.id);
await ask('CONTENT', { ids, ...german }, 'content');

const created = await ask('CART_CREATE', { input: { buyerIdentity: { countryCode: 'GB' } } }, 'cart_create');
const cart = created.done.cart.id;
await ask('CART_AND_VARIANT', { cart, variant: hamper }, 'cart_and_variant');
const added = await ask('LINES_ADD', { cart, lines: [{ merchandiseId: hamper, quantity: 2 }] }, 'lines_add');
const [{ id: line }] = added.done.cart.lines.nodes;
await ask('CART', { cart }, 'cart');
await ask('CODES_UPDATE', { cart, codes: ['NO-SUCH-CODE'] }, 'code_unknown');
await ask('CODES_UPDATE', { cart, codes: ['welcome10'] }, 'code_good');
await ask('CART', { cart }, 'cart_with_code');
await ask('LOCATION_NAME', { id: (await ask('STORES', {})).locations.nodes[1].id }, 'location_name');
const country = [{ selected: true, address: { deliveryAddress: { countryCode: 'GB' } } }];
await ask('ADDRESSES_REPLACE', { cart, addresses: country }, 'addresses_replace');
const leeds = (await ask('STORES', {})).locations.nodes[1].id;
const preferences = { delivery: { deliveryMethod: ['PICK_UP'], pickupHandle: [leeds] } };
const preferred = await ask('IDENTITY_UPDATE', { cart, identity: { preferences } }, 'identity_pickup');
const [group] = preferred.done.cart.deliveryGroups.nodes;
const handle = group.deliveryOptions.find((o) => o.title === 'Leeds').handle;
await ask('OPTIONS_SELECT', { cart, options: [{ deliveryGroupId: group.id, deliveryOptionHandle: handle }] }, 'options_select');
await ask('IDENTITY_UPDATE', { cart, identity: { email: 'nobody' } }, 'identity_refused');
await ask('LINES_ADD', { cart, lines: [{ merchandiseId: hamper, quantity: 9 }] }, 'lines_add_cut');
await ask('LINES_REMOVE', { cart, lines: [line.replace(/[0-9a-f]{16}/, '0123456789abcdef')] }, 'line_unknown');
await ask('IDENTITY_UPDATE', { cart, identity: { countryCode: 'DE' } }, 'identity_moved');
await ask('SIGN_IN', { input: { email: 'ada@example.test', password: 'wrong' } }, 'sign_in_wrong');
const signed = await ask('SIGN_IN', { input: { email: 'ada@example.test', password: 'correct-horse-battery' } }, 'sign_in');
await ask('CUSTOMER', { token: signed.customerAccessTokenCreate.customerAccessToken.accessToken }, 'customer');
