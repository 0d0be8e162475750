// What a cart comes to. The mock takes codes and shipping methods and computes nothing of them.
//
// As documented: a product discount lowers a line's price; then come the cart discounts of the codes given, in
// the order of `sortOrder`, each rounded by the piece; the total is what the lines and the delivery come to.

import { definitions, valued } from "./projections.mjs";

const half = (value) => {
  // Half to even, the service's own default (`priceRoundingMode`).
  const [floor, rest] = [Math.floor(value), value - Math.floor(value)];
  if (rest === 0.5) return floor % 2 === 0 ? floor : floor + 1;
  return Math.round(value);
};

/** What the computing needs of the project. */
export const terms = (project) => project.remembered("terms", () => given(project));

async function given(project) {
  const [codes, discounts] = await Promise.all([project.all("discount-codes"), project.all("cart-discounts")]);
  const byId = (all) => new Map(all.map((one) => [one.id, one]));
  return { codes: byId(codes), discounts: byId(discounts), types: await definitions(project) };
}

/** A cart of the mock as the service would give it. */
export function priced(cart, { codes, discounts, types }, expand) {
  const { currencyCode } = cart.totalPrice;
  const fractionDigits = currencyCode === "JPY" ? 0 : 2;
  const money = (centAmount) => ({ type: "centPrecision", currencyCode, centAmount, fractionDigits });
  const unit = (line) => (line.price.discounted ?? line.price).value.centAmount;
  const gross = cart.lineItems.reduce((sum, line) => sum + unit(line) * line.quantity, 0);
  const holds = (discount) => matches(discount.cartPredicate, gross, currencyCode, fractionDigits);

  const given = cart.discountCodes.map((info) => {
    const code = codes.get(info.discountCode.id);
    const all = code.cartDiscounts.map(({ id }) => discounts.get(id));
    return { code, active: all.filter(holds) };
  });
  const active = given.flatMap((one) => one.active).sort((a, b) => (a.sortOrder < b.sortOrder ? 1 : -1));
  const reference = (discount) => ({
    typeId: "cart-discount",
    id: discount.id,
    ...(expand.some((path) => path.endsWith("includedDiscounts[*].discount")) && { obj: discount }),
  });
  /** Takes discounts off an amount, one after the other. */
  const taken = (amount, type) => {
    const included = [];
    let left = amount;
    for (const discount of active.filter((one) => one.target.type === type)) {
      const next = half((left * (10000 - discount.value.permyriad)) / 10000);
      included.push({ discount: reference(discount), discountedAmount: money(left - next) });
      left = next;
    }
    return included.length ? { value: money(left), includedDiscounts: included } : undefined;
  };

  const lineItems = cart.lineItems.map((line) => {
    const discountedPrice = taken(unit(line), "lineItems");
    const each = discountedPrice?.value.centAmount ?? unit(line);
    const attributes = line.variant.attributes.map((one) => ({ ...one, value: valued(types.get(one.name), one.value) }));
    return {
      ...line,
      variant: { ...line.variant, attributes },
      discountedPricePerQuantity: discountedPrice ? [{ quantity: line.quantity, discountedPrice }] : [],
      totalPrice: money(each * line.quantity),
    };
  });
  const shippingInfo = cart.shippingInfo && delivered(cart.shippingInfo, gross, money, taken);
  const delivery = shippingInfo ? (shippingInfo.discountedPrice?.value ?? shippingInfo.price).centAmount : 0;
  const lines = lineItems.reduce((sum, line) => sum + line.totalPrice.centAmount, 0);
  return {
    ...cart,
    lineItems,
    shippingInfo,
    totalPrice: money(lines + delivery),
    totalLineItemQuantity: lineItems.reduce((sum, line) => sum + line.quantity, 0) || undefined,
    discountCodes: cart.discountCodes.map((info, place) => ({
      ...info,
      state: given[place].active.length ? "MatchesCart" : "DoesNotMatchCart",
    })),
  };
}

/** Delivery is free from `freeAbove` on, whatever the cart was when the method was chosen. */
function delivered(info, gross, money, taken) {
  const { price, freeAbove } = info.shippingRate;
  const free = freeAbove && gross >= freeAbove.centAmount;
  const now = free ? 0 : price.centAmount;
  return { ...info, price: money(now), discountedPrice: now ? taken(now, "shipping") : undefined };
}

/** The predicates that the loader writes: `1=1`, or totals joined by `or`. */
function matches(predicate, gross, currency, digits) {
  return predicate.split(" or ").some((part) => {
    if (part === "1=1") return true;
    const [, amount, of] = /^lineItemTotal\(1=1\) >= "([\d.]+) ([A-Z]{3})"$/.exec(part) ?? [];
    if (!of) throw new Error(`a predicate that is not computed here: ${part}`);
    return of === currency && gross >= Math.round(Number(amount) * 10 ** digits);
  });
}
