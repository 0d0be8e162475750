// A plain search: the products with the most of the words, of which the last may be a beginning.
//
// Shopify's own relevance is a secret; what is proved against this is the wire, not the ranking.
import { categories, products } from './catalogue.mjs';
import { connection } from './connection.mjs';
import { sorted } from './collection.mjs';
import { filtersOf, narrowed } from './filter.mjs';
import { product } from './product.mjs';
import { wordsOf } from './words.mjs';

const EMPTY = new Set('a an and the for of in on to with or my our by from der die das und oder mit von zu'.split(' '));
const stem = (word) => word.replace(/(es|s|en|e|n)$/, '');
/** Arabic writes "the", "and", "for" and "with" as letters before the word. */
const bare = (word) => word.replace(/^(ال|لل|[ولب](?=.{3}))/, '');

/** [words found, points]. */
function score(p, asked, market, prefix) {
  const say = (text) => text[market.language];
  const fields = [
    [12, [say(p.name)]],
    [6, [p.brand, ...categories.filter((c) => p.categories.includes(c.id)).map((c) => say(c.name))]],
    [4, [...p.options.flatMap((o) => o.values.map((v) => say(v.name))), ...p.variants.map((v) => v.sku)]],
    [3, [say(p.summary), ...p.tags]],
    [2, p.attributes.map((a) => say(a.value))],
    [1, [say(p.description)]],
  ].map(([weight, texts]) => [weight, texts.flatMap(wordsOf)]);
  const points = asked.map((word, at) => {
    const last = prefix === 'LAST' && at === asked.length - 1;
    const is = (w) => bare(w) === word || (word.length > 3 && stem(w) === stem(word)) || (last && w.startsWith(word));
    return Math.max(0, ...fields.map(([weight, words]) => {
      if (words.includes(word)) return weight * 2;
      return words.some(is) ? weight : 0;
    }));
  });
  return [points.filter(Boolean).length, points.reduce((sum, own) => sum + own, 0)];
}

export function search(args, market) {
  const words = wordsOf(args.query);
  const telling = words.filter((word) => !EMPTY.has(word));
  const asked = telling.length ? telling : words;
  const scored = products.map((p) => [p, ...score(p, asked, market, args.prefix)]).filter(([, own]) => own > 0);
  const most = Math.max(0, ...scored.map(([, found]) => found));
  const ranked = most === asked.length ? scored.filter(([, found]) => found === most) : scored;
  const found = ranked.sort((a, b) => b[1] - a[1] || b[2] - a[2]).map(([p]) => p);
  const kept = sorted(narrowed(found, args.productFilters, market), args.sortKey, args.reverse, market);
  return connection(kept, args, (p) => product(p, market), {
    totalCount: kept.length,
    productFilters: () => filtersOf(found, args.productFilters, market),
  });
}
