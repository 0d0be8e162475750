// Facets of the products that were found.
// https://docs.commercetools.com/api/projects/product-search#facets

import { values } from "./fields.mjs";
import { holds } from "./match.mjs";
import { invalidInput } from "./problem.mjs";

export function facets(index, found, wanted) {
  return wanted.map((expression) => {
    const [[kind, facet]] = Object.entries(expression);
    const { name, level = "variants" } = facet;
    const pairs = found.flatMap((product) => index.pairs(product)).filter((pair) => holds(index, pair, facet.filter));
    const counted = ({ product, variant }) => (level === "products" ? product.id : `${product.id}/${variant.id}`);
    if (kind === "count") return { name, value: new Set(pairs.map(counted)).size };
    const buckets = new Map((facet.ranges ?? []).map((range) => [keyed(range), new Set()]));
    for (const pair of pairs) {
      for (const value of values(index, pair, facet)) {
        for (const key of kind === "ranges" ? within(facet.ranges, value) : [String(value)]) {
          if (!buckets.has(key)) buckets.set(key, new Set());
          buckets.get(key).add(counted(pair));
        }
      }
    }
    if (kind !== "distinct" && kind !== "ranges") throw invalidInput(`Unknown facet '${kind}'.`);
    const all = [...buckets].map(([key, of]) => ({ key, count: of.size }));
    if (kind === "ranges") return { name, buckets: all };
    return { name, buckets: all.sort((a, b) => b.count - a.count).slice(0, facet.limit ?? 10) };
  });
}

const keyed = ({ key, from = "*", to = "*" }) => key ?? `${from}-${to}`;
const within = (ranges, value) => ranges.filter((r) => !(value < r.from) && !(value >= r.to)).map(keyed);
