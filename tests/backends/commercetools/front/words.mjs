// Words as a language's analyzer leaves them: folded, without those that say nothing, cut to their stems.

import stemmers from "snowball-stemmers";

const names = { en: "english", de: "german", ar: "arabic" };
const byLanguage = Object.fromEntries(Object.entries(names).map(([of, name]) => [of, stemmers.newStemmer(name)]));
const EMPTY = {
  en: "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with",
  de: "der die das den dem des ein eine einen einem einer und oder für mit im in am an auf aus von zu zum zur ist",
  ar: "في من على إلى مع عن أو و هذا هذه",
};
const empty = Object.fromEntries(Object.entries(EMPTY).map(([of, list]) => [of, new Set(list.split(" "))]));

const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").replace(/ى/g, "ي").replace(/ة/g, "ه");

export function words(text, language) {
  const of = language.split("-")[0];
  const parts = text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}\p{M}'’]+/gu) ?? [];
  const said = parts.map((part) => part.replace(/['’]s?$/, "")).filter((part) => part && !empty[of]?.has(part));
  return said.map((part) => {
    // The definite article is written with its word.
    const bare = of === "ar" ? fold(part).replace(/^ال(?=.{3})/u, "") : part;
    return { exact: fold(bare), stem: fold(byLanguage[of]?.stem(bare) ?? bare) };
  });
}

/** Letters that are wrong, missing, too many or swapped: Damerau and Levenshtein's distance. */
export function distance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[a.length][b.length];
}
