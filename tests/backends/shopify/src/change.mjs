// The mutations of carts. What Shopify cannot do it answers with 200 and `userErrors`; what it did otherwise
// than it was told (a quantity cut to what is left, a code without effect) with `warnings`.
import { randomBytes } from 'node:crypto';
import { gid, variantsById } from './catalogue.mjs';
import { groups, show } from './cart.mjs';
import { currencyOf } from './context.mjs';
import { knownCode } from './cost.mjs';
import { customerOf } from './customer.mjs';
import { MOST_PIECES } from './product.mjs';

const carts = new Map();
let next = 1;

/** A cart by its id, which holds the key that opens it. */
export const cartOf = (id, market) => (carts.has(id) ? show(carts.get(id), market) : null);

const wrong = (code, message, field) => ({ userErrors: [{ code, message, field }] });
const warned = (code, message, target) => ({ code, message, target });

/** Does `work` to a cart and answers as every cart mutation does. */
function on(cartId, market, work) {
  const cart = carts.get(cartId);
  const { userErrors = [], warnings = [] } = cart ? work(cart) ?? {} : wrong('INVALID', 'The specified cart does not exist.', ['cartId']);
  return { cart: cart ? show(cart, market) : null, userErrors, warnings };
}

export const mutations = {
  cartCreate({ input }, market) {
    const id = `gid://shopify/Cart/${randomBytes(12).toString('hex')}?key=${randomBytes(8).toString('hex')}`;
    const country = input?.buyerIdentity?.countryCode ?? market.country;
    const cart = { id, lines: [], codes: [], addresses: [], country, group: (next += 1), createdAt: new Date().toISOString() };
    carts.set(id, cart);
    const added = input?.lines?.length ? add(cart, input.lines) : {};
    return { cart: show(cart, market), userErrors: [], warnings: [], ...added };
  },
  cartLinesAdd: ({ cartId, lines }, market) => on(cartId, market, (cart) => add(cart, lines)),
  cartLinesUpdate: ({ cartId, lines }, market) => on(cartId, market, (cart) => update(cart, lines)),
  cartLinesRemove: ({ cartId, lineIds }, market) => on(cartId, market, (cart) => {
    const unknown = lineIds.find((id) => !cart.lines.some((line) => line.id === id));
    if (unknown) return wrong('INVALID_MERCHANDISE_LINE', `The merchandise line with id ${unknown} does not exist.`, ['lineIds']);
    cart.lines = cart.lines.filter((line) => !lineIds.includes(line.id));
  }),
  cartDiscountCodesUpdate: ({ cartId, discountCodes }, market) => on(cartId, market, (cart) => {
    cart.codes = [...new Set(discountCodes.map((code) => code.trim()))].map((code) => (knownCode(code) ? code.toUpperCase() : code));
    const warnings = cart.codes.filter((code) => !knownCode(code)).map((code) => warned('DISCOUNT_NOT_FOUND', `The discount code ${code} was not found.`, cart.id));
    return { warnings };
  }),
  cartBuyerIdentityUpdate: ({ cartId, buyerIdentity }, market) => on(cartId, market, (cart) => {
    const { countryCode, email, customerAccessToken, preferences } = buyerIdentity;
    if (email != null && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) return wrong('INVALID', 'Email is invalid', ['buyerIdentity', 'email']);
    if (customerAccessToken != null && !customerOf(customerAccessToken)) return wrong('INVALID', 'Customer is invalid', ['buyerIdentity', 'customerAccessToken']);
    cart.country = countryCode ?? cart.country;
    cart.email = email ?? cart.email;
    cart.customer = customerAccessToken ?? cart.customer;
    cart.preferences = preferences ?? cart.preferences;
  }),
  cartDeliveryAddressesAdd: ({ cartId, addresses }, market) => on(cartId, market, (cart) => address(cart, [...cart.addresses], addresses)),
  cartDeliveryAddressesReplace: ({ cartId, addresses }, market) => on(cartId, market, (cart) => address(cart, [], addresses)),
  cartSelectedDeliveryOptionsUpdate: ({ cartId, selectedDeliveryOptions }, market) => on(cartId, market, (cart) => {
    for (const { deliveryGroupId, deliveryOptionHandle } of selectedDeliveryOptions) {
      const group = groups(cart, currencyOf(cart.country)).find((g) => g.id === deliveryGroupId);
      if (!group) return wrong('INVALID_DELIVERY_GROUP', `The delivery group with id ${deliveryGroupId} does not exist.`, ['selectedDeliveryOptions', '0', 'deliveryGroupId']);
      if (!group.deliveryOptions.some((o) => o.handle === deliveryOptionHandle)) return wrong('INVALID_DELIVERY_OPTION', 'The delivery option is not valid.', ['selectedDeliveryOptions', '0', 'deliveryOptionHandle']);
      cart.option = deliveryOptionHandle;
    }
  }),
};

/** Sets a quantity, cut to what is left. */
function put(cart, variant, quantity, line) {
  const left = variantsById.get(variant).v.stock.online;
  const kept = Math.min(quantity, left);
  if (kept === 0) cart.lines = cart.lines.filter((other) => other !== line);
  else if (line) line.quantity = kept;
  else cart.lines.push({ id: `gid://shopify/CartLine/${randomBytes(8).toString('hex')}?cart=${cart.id.split('/').pop().split('?')[0]}`, variant, quantity: kept });
  const target = cart.lines.find((other) => other.variant === variant)?.id ?? cart.id;
  if (left === 0) return [warned('MERCHANDISE_OUT_OF_STOCK', 'The product is already sold out.', target)];
  return kept < quantity ? [warned('MERCHANDISE_NOT_ENOUGH_STOCK', `Only ${left} items were added to your cart due to availability.`, target)] : [];
}

function add(cart, lines) {
  const warnings = [];
  for (const [at, { merchandiseId, quantity }] of lines.entries()) {
    if (!variantsById.has(merchandiseId)) return wrong('INVALID', `The merchandise with id ${merchandiseId} does not exist.`, ['lines', String(at), 'merchandiseId']);
    if (quantity < 1) return wrong('INVALID', 'Quantity must be greater than 0.', ['lines', String(at), 'quantity']);
    const line = cart.lines.find((other) => other.variant === merchandiseId);
    const wanted = (line?.quantity ?? 0) + quantity;
    if (wanted > MOST_PIECES && variantsById.get(merchandiseId).v.stock.online >= MOST_PIECES) return tooMany(at);
    warnings.push(...put(cart, merchandiseId, wanted, line));
  }
  return { warnings };
}

const tooMany = (at) => wrong('MAXIMUM_EXCEEDED', `The quantity must be at most ${MOST_PIECES}.`, ['lines', String(at), 'quantity']);

function update(cart, lines) {
  const warnings = [];
  for (const [at, { id, quantity }] of lines.entries()) {
    const line = cart.lines.find((other) => other.id === id);
    if (!line) return wrong('INVALID_MERCHANDISE_LINE', `The merchandise line with id ${id} does not exist.`, ['lines', String(at), 'id']);
    if (quantity > MOST_PIECES && variantsById.get(line.variant).v.stock.online >= MOST_PIECES) return tooMany(at);
    if (quantity === 0) cart.lines = cart.lines.filter((other) => other !== line);
    else if (quantity != null) warnings.push(...put(cart, line.variant, quantity, line));
  }
  return { warnings };
}

/** New addresses make a new group, with Shopify's own selection of an option. */
function address(cart, kept, added) {
  if (kept.length + added.length > 20) return wrong('TOO_MANY_DELIVERY_ADDRESSES', 'A cart has at most 20 addresses.', ['addresses']);
  for (const [at, { address: { deliveryAddress: to } }] of added.entries()) {
    const field = Object.keys(to ?? {}).find((key) => /<[a-z]/i.test(to[key] ?? ''));
    if (field) return wrong('ADDRESS_FIELD_CONTAINS_HTML_TAGS', `${field} cannot contain HTML tags`, ['addresses', String(at), 'address', 'deliveryAddress', field]);
  }
  const made = added.map((a) => ({ id: gid('CartSelectableAddress', (next += 1)), selected: a.selected ?? false, oneTimeUse: a.oneTimeUse ?? false, to: a.address.deliveryAddress }));
  if (made.some((a) => a.selected)) kept.forEach((a) => { a.selected = false; });
  cart.addresses = [...kept, ...made];
  cart.group = (next += 1);
  cart.option = undefined;
}
