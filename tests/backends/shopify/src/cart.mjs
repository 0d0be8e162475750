// Carts in Shopify's shape.
import { gid, variantsById } from './catalogue.mjs';
import { connection } from './connection.mjs';
import { currencyOf, money } from './context.mjs';
import { deliveryOptions, discounts, knownCode, selectedOption, subtotal, total } from './cost.mjs';
import { customerOf } from './customer.mjs';
import { variant } from './product.mjs';

export function show(cart, market) {
  // A cart's money follows its buyer's country, its words the question's language.
  const currency = currencyOf(cart.country);
  const own = { ...market, currency };
  const sum = (minor) => money(minor, currency);
  const allocations = discounts(cart, currency).map(([code, amount, targetType, percentage]) => ({
    __typename: 'CartCodeDiscountAllocation',
    code,
    targetType,
    discountedAmount: sum(amount),
    discountApplication: {
      allocationMethod: 'ACROSS',
      targetSelection: 'ALL',
      targetType,
      value: { __typename: 'PricingPercentageValue', percentage },
    },
  }));
  return {
    __typename: 'Cart',
    id: cart.id,
    checkoutUrl: `https://larkspur.test/cart/c/${cart.id.split('/').pop()}`,
    createdAt: cart.createdAt,
    updatedAt: cart.createdAt,
    note: null,
    totalQuantity: cart.lines.reduce((pieces, line) => pieces + line.quantity, 0),
    lines: (args) => connection(cart.lines, args, (line) => shownLine(line, own)),
    attributes: [],
    appliedGiftCards: [],
    discountCodes: cart.codes.map((code) => ({ code, applicable: knownCode(code) != null && cart.lines.length > 0 && code === cart.codes.find(knownCode) })),
    discountAllocations: allocations,
    buyerIdentity: {
      countryCode: cart.country,
      email: cart.email ?? null,
      phone: null,
      customer: () => customerOf(cart.customer),
      preferences: cart.preferences ? { delivery: { deliveryMethod: [], pickupHandle: [], ...cart.preferences.delivery }, wallet: [] } : null,
    },
    delivery: { addresses: ({ selected }) => cart.addresses.filter((a) => a.selected || !selected).map(shownAddress) },
    deliveryGroups: (args) => connection(groups(cart, currency), args, (group) => group),
    cost: {
      subtotalAmount: sum(subtotal(cart, currency)),
      subtotalAmountEstimated: true,
      totalAmount: sum(total(cart, currency)),
      totalAmountEstimated: true,
      checkoutChargeAmount: sum(subtotal(cart, currency)),
    },
  };
}

function shownLine(line, market) {
  const { p, v } = variantsById.get(line.variant);
  const price = v.price[market.currency];
  return {
    __typename: 'CartLine',
    id: line.id,
    quantity: line.quantity,
    attributes: [],
    discountAllocations: [],
    instructions: { canRemove: true, canUpdateQuantity: true },
    merchandise: () => variant(p, v, market),
    cost: {
      amountPerQuantity: money(price, market.currency),
      compareAtAmountPerQuantity: v.was ? money(v.was[market.currency], market.currency) : null,
      subtotalAmount: money(price * line.quantity, market.currency),
      totalAmount: money(price * line.quantity, market.currency),
    },
  };
}

function shownAddress(address) {
  const to = address.to;
  const name = [to.firstName, to.lastName].filter(Boolean).join(' ') || null;
  return {
    id: address.id,
    selected: address.selected,
    oneTimeUse: address.oneTimeUse,
    address: { __typename: 'CartDeliveryAddress', ...to, name, formatted: [to.address1, to.city, to.zip].filter(Boolean) },
  };
}

export function groups(cart, currency) {
  const options = deliveryOptions(cart, currency);
  if (!options.length) return [];
  const shown = (o) => ({ ...o, estimatedCost: money(o.price, currency), description: null });
  return [{
    id: gid('CartDeliveryGroup', cart.group),
    groupType: 'ONE_TIME_PURCHASE',
    deliveryOptions: options.map(shown),
    selectedDeliveryOption: shown(selectedOption(cart, currency)),
  }];
}
