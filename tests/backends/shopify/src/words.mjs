// Words as they are compared: lower case, without accents.

export const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss');

export const wordsOf = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Shopify's handle of a name: `Larkspur & Finch` → `larkspur-finch`. */
export const handle = (text) => wordsOf(text).join('-');

const LETTERS = ['xxs', 'xs', 's', 'm', 'l', 'xl', 'xxl'];

/** What a value is sorted by: sizes by letters, then by number; a name has no place. */
function place(text) {
  const letters = LETTERS.indexOf(fold(text));
  if (letters >= 0) return [0, '', letters];
  const [, before, number] = /^(\D*)(\d+)/.exec(fold(text)) ?? [];
  return number ? [1, before, Number(number)] : [2, '', 0];
}

/** The order that a merchant gives to filter values: where there are sizes, they grow; else the alphabet. */
export function ordered(values, nameOf) {
  if (values.every((v) => place(nameOf(v))[0] === 2)) {
    return [...values].sort((a, b) => (fold(nameOf(a)) < fold(nameOf(b)) ? -1 : 1));
  }
  const compare = (x, y) => x[0] - y[0] || (x[1] < y[1] ? -1 : Number(x[1] > y[1])) || x[2] - y[2];
  return [...values].sort((a, b) => compare(place(nameOf(a)), place(nameOf(b))));
}
