// Our catalogue as Shopify's admin would hold it: read once, found by handle and by global id.
import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../../../../fixtures/', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(`catalogue/${path}`, folder), 'utf8'));

const files = readdirSync(new URL('catalogue/products/', folder)).sort();
export const products = files.flatMap((file) => read(`products/${file}`));
export const categories = read('categories.json');
export const stores = read('stores.json');
export const reviews = read('reviews.json');
export const content = read('content.json');
const customers = read('customers.json');

/** `gid://shopify/Product/1001`: numbers as Shopify gives them, so that nobody relies on our own ids. */
export const gid = (kind, number) => `gid://shopify/${kind}/${number}`;

let next = 7000;
const numbered = (kind, list) => new Map(list.map((record) => [gid(kind, (next += 1)), record]));

export const productsById = numbered('Product', products);
export const variantsById = numbered('ProductVariant', products.flatMap((p) => p.variants.map((v) => ({ p, v }))));
export const collectionsById = numbered('Collection', [...categories, everything()]);
export const locationsById = numbered('Location', stores);
export const metaobjectsById = numbered('Metaobject', [
  ...content.map((record) => ({ type: 'content_block', handle: record.id, record })),
  ...reviews.map((record) => ({ type: 'review', handle: record.id, record })),
]);

export const customersById = numbered('Customer', customers);

const ids = new Map();
for (const map of [productsById, collectionsById, locationsById]) map.forEach((record, id) => ids.set(record, id));
variantsById.forEach(({ v }, id) => ids.set(v, id));
metaobjectsById.forEach(({ record }, id) => ids.set(record, id));
products.forEach((p) => p.options.forEach((o) => {
  ids.set(o, gid('ProductOption', (next += 1)));
  o.values.forEach((value) => ids.set(value, gid('ProductOptionValue', (next += 1))));
}));

/** The global id of a record. */
export const idOf = (record) => ids.get(record);
export const productByHandle = (handle) => products.find((p) => p.slug === handle);
export const productByOwnId = (id) => products.find((p) => p.id === id);
export const collectionByHandle = (handle) => [...collectionsById.values()].find((c) => c.slug === handle);

/** What a smart collection holds: its own products and those of the categories below it. */
export function productsOf(collection) {
  if (collection.slug === 'all') return products;
  const below = new Set([collection.id]);
  for (let grew = true; grew;) {
    const more = categories.filter((c) => below.has(c.parent) && !below.has(c.id));
    more.forEach((c) => below.add(c.id));
    grew = more.length > 0;
  }
  return products.filter((p) => p.categories.some((id) => below.has(id)));
}

/** The collection that Shopify's help tells merchants to make, so that `/collections/all` is theirs. */
function everything() {
  return { id: 'all', slug: 'all', parent: null, name: { en: 'All', de: 'Alles', ar: 'الكل' }, description: { en: '', de: '', ar: '' } };
}

/** The pixels of a drawing, as Shopify measures what is uploaded. */
export function pixels(file) {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(readFileSync(new URL(`media/${file}`, folder), 'utf8')) ?? [];
  return { width: Number(width), height: Number(height) };
}
