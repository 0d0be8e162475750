// Filters as the Search & Discovery app sets them up: availability, price, brand, options, and what is reduced.
//
// Values of one filter are alternatives, different filters all hold, and the filters of variants (`filter.v.`)
// hold of one variant together. A value counts the products that it would leave.
import { products } from './catalogue.mjs';
import { handle, ordered } from './words.mjs';

const LABELS = {
  brand: { en: 'Brand', de: 'Marke', ar: 'العلامة التجارية' },
  price: { en: 'Price', de: 'Preis', ar: 'السعر' },
  availability: { en: 'Availability', de: 'Verfügbarkeit', ar: 'التوفّر' },
  sale: { en: 'Offers', de: 'Angebote', ar: 'العروض' },
  in: { en: 'In stock', de: 'Auf Lager', ar: 'متوفّر' },
  out: { en: 'Out of stock', de: 'Nicht auf Lager', ar: 'غير متوفّر' },
  reduced: { en: 'On sale', de: 'Reduziert', ar: 'تخفيضات' },
};

/** The filter that an input belongs to; inputs of one filter are alternatives. */
function filterOf(input) {
  if (input.variantOption) return `option:${input.variantOption.name}`;
  if (input.variantMetafield) return `metafield:${input.variantMetafield.key}`;
  return Object.keys(input)[0];
}

/** Whether a variant has what an input asks for. */
function has(p, v, input, market) {
  if (input.available != null) return (v.stock.online > 0) === input.available;
  if (input.productVendor != null) return p.brand === input.productVendor;
  if (input.tag != null) return p.tags.includes(input.tag);
  if (input.productType != null) return p.categories[0] === input.productType;
  if (input.price) {
    const major = v.price[market.currency] / (market.currency === 'JPY' ? 1 : 100);
    return major >= (input.price.min ?? 0) && major <= (input.price.max ?? Infinity);
  }
  if (input.variantMetafield) {
    const { namespace, key, value } = input.variantMetafield;
    return namespace === 'custom' && key === 'sale' && value === 'sale' && v.was != null;
  }
  if (input.variantOption) {
    const { name, value } = input.variantOption;
    return p.options.some((o) => o.name[market.language] === name
      && o.values.some((x) => x.id === v.options[o.id] && x.name[market.language] === value));
  }
  return false;
}

function fits(p, v, inputs, market, except) {
  const groups = new Map();
  for (const input of inputs ?? []) {
    const filter = filterOf(input);
    groups.set(filter, [...(groups.get(filter) ?? []), input]);
  }
  return [...groups].every(([filter, any]) => filter === except || any.some((input) => has(p, v, input, market)));
}

/** The products with a variant that fits all inputs. */
export const narrowed = (list, inputs, market) =>
  (inputs?.length ? list.filter((p) => p.variants.some((v) => fits(p, v, inputs, market))) : list);

/** The filters of `list`, with the chosen inputs in force. */
export function filtersOf(list, inputs, market) {
  const say = (key) => LABELS[key][market.language];
  const value = (filter, id, label, input, swatch) => {
    const own = filterOf(input);
    const count = list.filter((p) => p.variants.some((v) => fits(p, v, inputs, market, own) && has(p, v, input, market))).length;
    return { id: `${filter}.${id}`, label, count, input: JSON.stringify(input), swatch: swatch ? { color: swatch } : null };
  };
  const group = (id, label, values, type = 'LIST') => ({ id, label, type, presentation: type === 'LIST' ? 'TEXT' : null, values });
  const brands = [...new Set(list.map((p) => p.brand))].sort();
  return [
    group('filter.p.vendor', say('brand'), brands.map((b) => value('filter.p.vendor', handle(b), b, { productVendor: b }))),
    ...optionFilters(list, market, value, group),
    priceFilter(list, inputs, market, say, group),
    group('filter.v.availability', say('availability'), [
      value('filter.v.availability', '1', say('in'), { available: true }),
      value('filter.v.availability', '0', say('out'), { available: false }),
    ]),
    group('filter.v.m.custom.sale', say('sale'), [
      value('filter.v.m.custom.sale', 'sale', say('reduced'), { variantMetafield: { namespace: 'custom', key: 'sale', value: 'sale' } }),
    ]),
  ].map((filter) => ({ ...filter, values: filter.values.filter((v) => filter.type !== 'LIST' || v.count > 0 || chosen(v, inputs)) }))
    .filter((filter) => filter.values.length > 0);
}

const chosen = (value, inputs) => (inputs ?? []).some((input) => JSON.stringify(input) === value.input);

/** One filter for an option name; values are known by their names, so two "UK 8" are one. */
function optionFilters(list, market, value, group) {
  const names = new Map(list.flatMap((p) => p.options).map((o) => [o.name.en, o.name]));
  return [...names.values()].map((name) => {
    const id = `filter.v.option.${handle(name.en)}`;
    const everywhere = products.flatMap((p) => p.options).filter((o) => o.name.en === name.en).flatMap((o) => o.values);
    const values = [...new Map([...everywhere].reverse().map((x) => [x.name.en, x])).values()].reverse();
    const shown = ordered(values, (x) => x.name[market.language]);
    return group(id, name[market.language], shown.map((x) => value(id, handle(x.name.en), x.name[market.language], {
      variantOption: { name: name[market.language], value: x.name[market.language] },
    }, x.swatch)));
  });
}

function priceFilter(list, inputs, market, say, group) {
  const kept = narrowed(list, (inputs ?? []).filter((input) => !input.price), market);
  const prices = kept.flatMap((p) => p.variants.map((v) => v.price[market.currency] / (market.currency === 'JPY' ? 1 : 100)));
  const input = JSON.stringify({ price: { min: 0, max: Math.max(0, ...prices) } });
  return group('filter.v.price', say('price'), [{ id: 'filter.v.price', label: say('price'), count: kept.length, input }], 'PRICE_RANGE');
}
