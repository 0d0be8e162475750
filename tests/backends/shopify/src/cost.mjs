// What a cart comes to: rates of delivery, discount codes, sums. The amounts are the demo shop's own.
import { createHash } from 'node:crypto';
import { idOf, stores, variantsById } from './catalogue.mjs';

const GBP_EUR_JPY = ['GBP', 'EUR', 'JPY'];
const of = (amounts, currency) => amounts[GBP_EUR_JPY.indexOf(currency)];

/** Code → percent off the order, and from which subtotal it ships free. */
const CODES = {
  WELCOME10: { percent: 10, freeFrom: [3000, 3500, 6000] },
  STAY5: { percent: 5 },
  WINBACK10: { percent: 10 },
};
const RATE = [395, 495, 700];
const FREE_FROM = [5000, 6000, 10000];

export const knownCode = (code) => CODES[code.trim().toUpperCase()];

export const subtotal = (cart, currency) =>
  cart.lines.reduce((sum, line) => sum + variantsById.get(line.variant).v.price[currency] * line.quantity, 0);

/** Opaque, as Shopify's handles are; it stays the same for the same cart and option. */
const handleOf = (cart, what) => createHash('sha1').update(`${cart.id} ${what}`).digest('hex');

/** The ways in which the goods can arrive; none before there are goods and a country to send them to. */
export function deliveryOptions(cart, currency) {
  if (!cart.lines.length || !cart.addresses.some((a) => a.selected)) return [];
  const price = subtotal(cart, currency) >= of(FREE_FROM, currency) ? 0 : of(RATE, currency);
  const shipping = { handle: handleOf(cart, 'standard'), title: 'Standard', code: 'Standard', deliveryMethodType: 'SHIPPING', price };
  return [shipping, ...stores.map((store) => ({
    handle: handleOf(cart, idOf(store)),
    title: store.name.en,
    code: store.name.en,
    deliveryMethodType: 'PICK_UP',
    price: 0,
  }))];
}

/** The chosen option, or the first, which Shopify selects by itself. */
export function selectedOption(cart, currency) {
  const options = deliveryOptions(cart, currency);
  return options.find((o) => o.handle === cart.option) ?? options[0] ?? null;
}

/** [code, amount, target] of each discount in force. */
export function discounts(cart, currency) {
  const sum = subtotal(cart, currency);
  const code = cart.codes.find(knownCode);
  if (!code || sum === 0) return [];
  const { percent, freeFrom } = knownCode(code);
  const found = [[code, Math.floor((sum * percent + 50) / 100), 'LINE_ITEM', percent]];
  const option = selectedOption(cart, currency);
  if (freeFrom && sum >= of(freeFrom, currency) && option?.price > 0) found.push([code, option.price, 'SHIPPING_LINE', 100]);
  return found;
}

export function total(cart, currency) {
  const off = discounts(cart, currency).reduce((sum, [, amount]) => sum + amount, 0);
  return subtotal(cart, currency) + (selectedOption(cart, currency)?.price ?? 0) - off;
}
