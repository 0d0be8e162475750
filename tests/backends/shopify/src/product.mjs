// Products and variants in Shopify's shape.
import { collectionsById, idOf, productsOf, reviews, stores, variantsById } from './catalogue.mjs';
import { collection } from './collection.mjs';
import { connection } from './connection.mjs';
import { money } from './context.mjs';
import { location } from './location.mjs';
import { attributes, rating, reviewObject } from './extra.mjs';
import { metafields } from './metafield.mjs';
import { image } from './picture.mjs';

/** The most pieces of one variant that a cart takes: a quantity rule of the shop's catalogue. */
export const MOST_PIECES = 20;

export function product(record, market) {
  const say = (text) => text[market.language];
  const prices = record.variants.map((v) => v.price[market.currency]);
  const before = record.variants.map((v) => v.was?.[market.currency] ?? 0);
  const range = (list) => ({
    minVariantPrice: money(Math.min(...list), market.currency),
    maxVariantPrice: money(Math.max(...list), market.currency),
  });
  const pictures = record.pictures.map((p) => image(p.file, say(p.alt)));
  return {
    __typename: 'Product',
    id: idOf(record),
    handle: record.slug,
    title: say(record.name),
    description: say(record.description),
    descriptionHtml: `<p>${escape(say(record.description))}</p>`,
    vendor: record.brand,
    productType: record.categories[0],
    // Shopify sorts tags by the alphabet.
    tags: [...record.tags].sort(),
    createdAt: createdAt(record),
    updatedAt: createdAt(record),
    publishedAt: createdAt(record),
    isGiftCard: false,
    requiresSellingPlan: false,
    availableForSale: record.variants.some((v) => v.stock.online > 0),
    totalInventory: record.variants.reduce((sum, v) => sum + v.stock.online, 0),
    priceRange: range(prices),
    compareAtPriceRange: range(before),
    featuredImage: pictures[0] ?? null,
    images: (args) => connection(pictures, args, (picture) => picture),
    options: options(record, market),
    variants: (args) => connection(record.variants, args, (v) => variant(record, v, market)),
    variantsCount: { count: record.variants.length, precision: 'EXACT' },
    collections: (args) => connection(collectionsWith(record), args, (c) => collection(c, market)),
    ...metafields({
      'descriptors.subtitle': () => ['single_line_text_field', say(record.summary)],
      'reviews.rating': () => rating(record.id)?.value,
      'reviews.rating_count': () => rating(record.id)?.count,
      'custom.attributes': () => ['list.metaobject_reference', '[]', attributes(record, market)],
      'custom.looks': () => (record.looks.length ? ['list.single_line_text_field', JSON.stringify(record.looks)] : null),
      'custom.reviews': () => {
        const own = reviews.filter((r) => r.product === record.id);
        return own.length ? ['list.metaobject_reference', JSON.stringify(own.map(idOf)), own.map(reviewObject)] : null;
      },
    }),
  };
}

export function variant(record, v, market) {
  const chosen = record.options.map((o) => ({ option: o, value: o.values.find((x) => x.id === v.options[o.id]) }));
  const title = chosen.map(({ value }) => value.name[market.language]).join(' / ');
  return {
    __typename: 'ProductVariant',
    id: idOf(v),
    sku: v.sku,
    // A product without options has one variant of this very title and option (Shopify's convention).
    title: title || 'Default Title',
    selectedOptions: chosen.length
      ? chosen.map(({ option, value }) => ({ name: option.name[market.language], value: value.name[market.language] }))
      : [{ name: 'Title', value: 'Default Title' }],
    price: money(v.price[market.currency], market.currency),
    compareAtPrice: v.was ? money(v.was[market.currency], market.currency) : null,
    availableForSale: v.stock.online > 0,
    currentlyNotInStock: false,
    quantityAvailable: v.stock.online,
    quantityRule: { minimum: 1, maximum: MOST_PIECES, increment: 1 },
    requiresShipping: true,
    taxable: true,
    image: () => image(record.pictures[0].file, record.pictures[0].alt[market.language]),
    product: () => product(record, market),
    storeAvailability: (args) => connection(stores.filter((s) => v.stock[s.id] != null), args, (store) => ({
      available: v.stock[store.id] > 0,
      quantityAvailable: v.stock[store.id],
      pickUpTime: 'Usually ready in 24 hours',
      location: location(store, market),
    })),
    ...metafields({}),
  };
}

/** The variant of a global id, with its product. */
export const variantById = (id) => variantsById.get(id);

function options(record, market) {
  if (!record.options.length) {
    const id = idOf(record).replace('Product', 'ProductOption');
    return [{ id, name: 'Title', optionValues: [{ id: id.replace('Option', 'OptionValue'), name: 'Default Title', swatch: null }] }];
  }
  return record.options.map((o) => ({
    id: idOf(o),
    name: o.name[market.language],
    optionValues: o.values.map((value) => ({
      id: idOf(value),
      name: value.name[market.language],
      swatch: value.swatch ? { color: value.swatch, image: null } : null,
    })),
  }));
}

const collectionsWith = (record) => [...collectionsById.values()].filter((c) => productsOf(c).includes(record));

/** The catalogue has no dates: what is marked as new came last, and earlier in the list is later. */
export function createdAt(record) {
  const place = [...variantsById.values()].findIndex(({ p }) => p === record);
  const base = Date.UTC(2026, record.tags.includes('new') ? 9 : 0, 1);
  return new Date(base - place * 60_000).toISOString().replace('.000', '');
}

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
