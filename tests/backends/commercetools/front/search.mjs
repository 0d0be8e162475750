// Product Search: `POST /{projectKey}/products/search`, which the mock answers without text, facets and sorts.
// https://docs.commercetools.com/api/projects/product-search

import { facets } from "./facets.mjs";
import { values } from "./fields.mjs";
import { holds, score } from "./match.mjs";
import { complete, definitions } from "./projections.mjs";
import { words } from "./words.mjs";

export async function search(project, ask) {
  if (ask.method !== "POST" || ask.path.join("/") !== "products/search") return undefined;
  const { query, postFilter, sort = [], facets: wanted = [], limit = 20, offset = 0 } = ask.body;
  const index = await open(project);
  const scored = index.products.map((product) => ({ product, score: query ? score(index, product, query) : 1 }));
  const found = scored.filter((one) => one.score > 0);
  const kept = found.filter(({ product }) => !postFilter || score(index, product, postFilter) > 0);
  // Equals stay as they are; the service's own order of equals is not told, so no one may count on it.
  kept.sort((a, b) => (sort.length ? order(index, a, b, sort) : b.score - a.score));
  const results = kept.slice(offset, offset + limit).map(({ product }) => ({ id: product.id }));
  const counted = facets(index, found.map((one) => one.product), wanted);
  return { status: 200, body: { total: kept.length, offset, limit, facets: counted, results } };
}

/** All that is searched. */
const open = (project) => project.remembered("index", () => indexed(project));

async function indexed(project) {
  const products = await project.all("product-projections");
  await complete(project, products);
  const categories = new Map((await project.all("categories")).map((one) => [one.id, one]));
  const above = (id) => (id ? [id, ...above(categories.get(id)?.parent?.id)] : []);
  return {
    products,
    definitions: await definitions(project),
    above,
    pairs: (product) =>
      [product.masterVariant, ...product.variants].flatMap((variant) =>
        (variant.prices.length ? variant.prices : [undefined]).map((price) => ({ product, variant, price })),
      ),
    words: (text, language) => project.read(`${language}\n${text}`, () => words(text, language)),
  };
}

function order(index, a, b, sorts) {
  for (const sort of sorts) {
    const [x, y] = [a, b].map((one) => (sort.field === "score" ? one.score : key(index, one.product, sort)));
    // What has no value comes last in either order.
    if (x === undefined || y === undefined) {
      if (x !== y) return x === undefined ? 1 : -1;
      continue;
    }
    const way = typeof x === "string" ? x.localeCompare(y, sort.language) : x - y;
    if (way !== 0) return sort.order === "desc" ? -way : way;
  }
  return 0;
}

function key(index, product, sort) {
  const pairs = index.pairs(product).filter((pair) => holds(index, pair, sort.filter));
  const all = pairs.flatMap((pair) => values(index, pair, sort));
  const mode = sort.mode ?? (sort.order === "desc" ? "max" : "min");
  return all.sort((a, b) => (a < b ? -1 : 1)).at(mode === "max" ? -1 : 0);
}
