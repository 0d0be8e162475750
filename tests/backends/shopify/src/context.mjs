// `@inContext(country, language)`: in which words and for which money an operation is answered.
import { getDirectiveValues } from 'graphql';

const EURO = new Set('AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' '));

/** The market of a country; the shop's own is the United Kingdom. */
export function currencyOf(country) {
  if (country === 'JP') return 'JPY';
  return EURO.has(country) ? 'EUR' : 'GBP';
}

/** Reads the directive; what the shop has no translation for is told in its own language, as Shopify does. */
export function contextOf(schema, operation, variables) {
  const asked = getDirectiveValues(schema.getDirective('inContext'), operation, variables) ?? {};
  const country = asked.country ?? 'GB';
  const language = { DE: 'de', AR: 'ar' }[asked.language] ?? 'en';
  return { country, currency: currencyOf(country), language, asked: { country: asked.country } };
}

/** A decimal as Shopify writes it: `185.0`, `12.99`; yen too has its `.0`. */
export function money(minor, currency) {
  const digits = currency === 'JPY' ? 0 : 2;
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const fraction = text.slice(text.length - digits).replace(/0+$/, '');
  const whole = text.slice(0, text.length - digits);
  const decimal = `${whole}.${digits && fraction ? fraction : '0'}`;
  return { amount: minor < 0 ? `-${decimal}` : decimal, currencyCode: currency };
}
