// The search query language: whether a product matches, and how well.
// https://docs.commercetools.com/api/search-query-language
//
// All that is asked of variants and prices must hold for one price of one variant.

import { values } from "./fields.mjs";
import { invalidInput } from "./problem.mjs";
import { distance, words } from "./words.mjs";

/** The score of the best pair of variant and price, or 0 when none matches. */
export function score(index, product, query) {
  const scores = index.pairs(product).map((pair) => rate(index, pair, query));
  return Math.max(0, ...scores);
}

export const holds = (index, pair, query) => query === undefined || rate(index, pair, query) > 0;

/** 0 says no; a filter says yes without adding to the score. */
function rate(index, pair, query) {
  const [[kind, of]] = Object.entries(query);
  const each = (all) => all.map((one) => rate(index, pair, one));
  switch (kind) {
    case "and": {
      const all = each(of);
      return all.every((one) => one > 0) ? all.reduce((sum, one) => sum + one, 0) : 0;
    }
    case "or":
      return each(of).reduce((sum, one) => sum + one, 0);
    case "not":
      return each(of).some((one) => one > 0) ? 0 : 1e-6;
    case "filter":
      return each(of).every((one) => one > 0) ? 1e-6 : 0;
    default:
      return simple(index, pair, kind, of) * (of.boost ?? 1);
  }
}

function simple(index, pair, kind, of) {
  const found = values(index, pair, of);
  const yes = (test) => (found.some(test) ? 1 : 0);
  switch (kind) {
    case "exact":
      return yes((value) => (of.values ?? [of.value]).includes(value));
    case "exists":
      return yes(() => true);
    case "prefix":
      return yes((value) => String(value).startsWith(of.value));
    case "range":
      return yes((v) => !(v < of.gte) && !(v <= of.gt) && !(v > of.lte) && !(v >= of.lt));
    case "fullText":
      return read(index, found, of, (asked, word) => asked.stem === word.stem);
    case "fullTextPrefix":
      return read(index, found, of, (asked, word) => word.exact.startsWith(asked.exact));
    case "fuzzy":
      return read(index, found, of, (asked, word) => distance(asked.exact, word.exact) <= slips(asked, of.level));
    default:
      throw invalidInput(`Unknown expression '${kind}'.`);
  }
}

/** Shorter words bear fewer slips. */
const slips = (asked, level) => Math.min(level, asked.exact.length < 3 ? 0 : asked.exact.length < 6 ? 1 : 2);

/** A word says more in a short text; the values of a field are one text. */
function read(index, found, { value, language, mustMatch = "all" }, same) {
  const text = index.words(found.join(" "), language);
  const asked = words(value, language);
  if (asked.length === 0) return 0;
  const hits = asked.map((one) => text.filter((word) => same(one, word)).length);
  const enough = mustMatch === "any" ? hits.some(Boolean) : hits.every(Boolean);
  const said = hits.reduce((sum, hit) => sum + hit / (hit + 1), 0);
  return enough ? said / (1 + Math.log10(1 + text.length)) : 0;
}
