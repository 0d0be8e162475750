// Product projections. The mock gives enum values as bare keys, no availability and no order hints; it selects
// no price without a country for a country, and cannot read a name in backticks, and expands nothing of a single one.

import { notFound } from "./problem.mjs";

export async function projections(project, ask) {
  if (ask.method !== "GET" || ask.path[0] !== "product-projections") return undefined;
  const query = new URLSearchParams(ask.query);
  const where = query.getAll("where").map((text) => text.replace(/`([^`"]+)`/g, "$1"));
  query.delete("where");
  const id = ask.path[1];
  if (id) where.push(`id="${id.replace(/[\\"]/g, "")}"`);
  for (const text of where) query.append("where", text);
  const answer = await project.pass("GET", `product-projections?${query}`, undefined, ask.bearer);
  if (answer.status !== 200) return answer;
  const found = answer.body.results;
  if (id && found.length === 0) throw notFound(`The Resource with ID '${id}' was not found.`);
  await complete(project, found);
  const currency = query.get("priceCurrency");
  if (currency) for (const product of found) select(product, currency, query.get("priceCountry"));
  return id ? { status: 200, body: found[0] } : answer;
}

/** https://docs.commercetools.com/api/pricing-and-discounts-overview: a price of the country before one of all. */
function select(product, currency, country) {
  for (const variant of [product.masterVariant, ...product.variants]) {
    const own = variant.prices.filter((price) => price.value.currencyCode === currency);
    variant.price = own.find((price) => price.country === country) ?? own.find((price) => !price.country);
  }
}

/** Gives projections what the service's have. */
export async function complete(project, found) {
  const [types, stock] = await Promise.all([definitions(project), availability(project)]);
  for (const product of found) {
    product.categoryOrderHints = project.orderHints.get(product.id) ?? {};
    for (const one of product.attributes ?? []) one.value = valued(types.get(one.name), one.value);
    for (const variant of [product.masterVariant, ...product.variants]) {
      for (const one of variant.attributes) one.value = valued(types.get(one.name), one.value);
      variant.availability = stock.get(variant.sku);
    }
  }
}

/** Attribute name → its definition. */
export const definitions = (project) =>
  project.remembered("definitions", async () => {
    const types = await project.all("product-types");
    return new Map(types.flatMap((type) => type.attributes).map((one) => [one.name, one]));
  });

/** `sand` → `{ key: "sand", label: … }`. */
export function valued(definition, value) {
  const type = definition?.type;
  if (type?.name === "set") return value.map((one) => valued({ type: type.elementType }, one));
  const known = type?.values?.find((one) => one.key === value);
  return known ?? value;
}

/** SKU → what is there, without a channel and by channel. */
const availability = (project) => project.remembered("availability", () => counted(project));

async function counted(project) {
  const stock = new Map();
  // The mock gives at most 500 of a kind at once.
  for (let offset = 0; ; offset += 500) {
    const entries = await project.all("inventory", `&offset=${offset}`);
    for (const entry of entries) {
      const told = { isOnStock: entry.availableQuantity > 0, availableQuantity: entry.availableQuantity };
      const own = { ...told, id: entry.id, version: entry.version };
      const known = stock.get(entry.sku) ?? {};
      if (entry.supplyChannel) known.channels = { ...known.channels, [entry.supplyChannel.id]: own };
      else Object.assign(known, own);
      stock.set(entry.sku, known);
    }
    if (entries.length < 500) return stock;
  }
}
