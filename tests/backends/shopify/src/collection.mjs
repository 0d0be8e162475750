// Collections (flat, as Shopify's are), their products in order, and the menu that makes a tree of them.
import { categories, collectionByHandle, idOf, productsOf } from './catalogue.mjs';
import { connection } from './connection.mjs';
import { filtersOf, narrowed } from './filter.mjs';
import { metafields } from './metafield.mjs';
import { image } from './picture.mjs';
import { createdAt, product } from './product.mjs';
import { fold } from './words.mjs';

export function collection(record, market) {
  const say = (text) => text[market.language];
  return {
    __typename: 'Collection',
    id: idOf(record),
    handle: record.slug,
    title: say(record.name),
    description: say(record.description),
    descriptionHtml: `<p>${say(record.description)}</p>`,
    image: record.picture ? image(record.picture, say(record.name)) : null,
    updatedAt: '2026-01-01T00:00:00Z',
    products: (args) => {
      const all = productsOf(record);
      const kept = sorted(narrowed(all, args.filters, market), args.sortKey, args.reverse, market);
      return connection(kept, args, (p) => product(p, market), { filters: () => filtersOf(all, args.filters, market) });
    },
    ...metafields({}),
  };
}

/** Orders products; equals stay in the merchant's order. */
export function sorted(list, key, reverse, market) {
  const lowest = (p) => Math.min(...p.variants.map((v) => v.price[market.currency]));
  const by = {
    PRICE: (a, b) => lowest(a) - lowest(b),
    TITLE: (a, b) => compare(fold(a.name[market.language]), fold(b.name[market.language])),
    CREATED: (a, b) => compare(createdAt(a), createdAt(b)),
  }[key];
  if (by) return [...list].sort(reverse ? (a, b) => by(b, a) : by);
  return reverse ? [...list].reverse() : list;
}

const compare = (a, b) => (a < b ? -1 : Number(a > b));

/** `main-menu`: the departments, and below them their categories; Shopify nests three levels. */
export function menu(handle, market) {
  if (handle !== 'main-menu') return null;
  const items = (parent) => categories.filter((c) => c.parent === parent).map((c) => ({
    id: idOf(c).replace('Collection', 'MenuItem'),
    title: c.name[market.language],
    type: 'COLLECTION',
    tags: [],
    url: `https://larkspur.test/collections/${c.slug}`,
    resourceId: idOf(c),
    resource: () => collection(c, market),
    items: () => items(c.id),
  }));
  // A merchant's menu leads to other pages too.
  const page = { id: 'gid://shopify/MenuItem/1', title: 'Home', type: 'FRONTPAGE', tags: [], url: '/', resourceId: null, resource: null, items: [] };
  const all = [...items(null), page];
  return { id: 'gid://shopify/Menu/1', handle, title: 'Main menu', items: all, itemsCount: categories.length + 1 };
}

export const collectionOf = ({ handle, id }, market, byId) => {
  const record = handle != null ? collectionByHandle(handle) : byId(id);
  return record ? collection(record, market) : null;
};
