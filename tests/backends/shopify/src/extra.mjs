// What Shopify has no native field for: facts, ratings, reviews and content, as metafields and metaobjects.
import { categories, idOf, metaobjectsById, productByOwnId, products, reviews } from './catalogue.mjs';
import { collection } from './collection.mjs';
import { metaobject } from './metafield.mjs';
import { mediaImage } from './picture.mjs';
import { product } from './product.mjs';

/** Facts for a table: a list of metaobjects, since a shop cannot ask for metafields that it does not know by key. */
export function attributes(record, market) {
  return record.attributes.map((a) => metaobject(`${idOf(record)}-${a.id}`.replace('Product', 'Metaobject'), 'attribute', a.id, {
    key: ['single_line_text_field', a.id],
    name: ['single_line_text_field', a.name[market.language]],
    value: ['single_line_text_field', a.value[market.language]],
  }));
}

/** Shopify's standard metafields `reviews.rating` and `reviews.rating_count`. */
export function rating(id) {
  const own = reviews.filter((r) => r.product === id);
  if (!own.length) return null;
  const stars = own.reduce((sum, r) => sum + r.rating, 0);
  const tenths = Math.floor((stars * 10 + Math.floor(own.length / 2)) / own.length);
  const value = JSON.stringify({ value: (tenths / 10).toFixed(1), scale_min: '1.0', scale_max: '5.0' });
  return { value: ['rating', value], count: ['number_integer', String(own.length)] };
}

export function reviewObject(record) {
  return metaobject(idOf(record), 'review', record.id, {
    author: ['single_line_text_field', record.author],
    rating: ['number_integer', String(record.rating)],
    date: ['date', record.date],
    language: ['single_line_text_field', record.language],
    title: ['single_line_text_field', record.title],
    body: ['multi_line_text_field', record.body],
  });
}

/** A block of content; `link` refers to a product or a collection, or holds words to search for. */
export function block(record, market) {
  const say = (text) => (text ? text[market.language] : null);
  const [[kind, key] = []] = Object.entries(record.link ?? {});
  const linked = {
    product: () => product(productByOwnId(key) ?? products.find((p) => p.slug === key), market),
    category: () => collection(categories.find((c) => c.id === key || c.slug === key), market),
  }[kind]?.();
  const shown = record.products.map(productByOwnId).filter(Boolean);
  return metaobject(idOf(record), 'content_block', record.id, {
    slot: ['single_line_text_field', record.slot],
    kind: ['single_line_text_field', record.kind],
    title: ['single_line_text_field', say(record.title)],
    body: ['multi_line_text_field', say(record.body)],
    link: [`${kind}_reference`, linked ? linked.id : null, linked],
    search: ['single_line_text_field', kind === 'search' ? key : null],
    link_label: ['single_line_text_field', say(record.link_label)],
    picture: ['file_reference', record.picture ? record.picture.file : null, record.picture && mediaImage(record.picture.file, say(record.picture.alt))],
    products: ['list.product_reference', JSON.stringify(shown.map(idOf)), shown.map((p) => product(p, market))],
    from: ['date_time', record.from ?? null],
    until: ['date_time', record.until ?? null],
    weekday: ['number_integer', record.weekday == null ? null : String(record.weekday)],
  });
}

const shown = ({ type, record }, market) => (type === 'content_block' ? block(record, market) : reviewObject(record));

/** All metaobjects of a type, in the merchant's order. */
export const metaobjectsOf = (type, market) =>
  [...metaobjectsById.values()].filter((m) => m.type === type).map((m) => shown(m, market));

/** One by its global id. */
export const metaobjectById = (id, market) => (metaobjectsById.has(id) ? shown(metaobjectsById.get(id), market) : null);
