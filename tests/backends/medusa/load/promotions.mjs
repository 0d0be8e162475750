// Codes, and from which amount on delivery is free; the amounts are the demo shop's.
import { createPromotionsWorkflow } from "@medusajs/medusa/core-flows"
import { major, markets } from "./catalogue.mjs"

const CODES = { WELCOME10: 10, STAY5: 5, WINBACK10: 10 }
const FREE_DELIVERY_FROM = { gbp: 5000, eur: 6000, jpy: 10000 }
const WELCOME_DELIVERY_FROM = { gbp: 3000, eur: 3500, jpy: 6000 }

const reduction = ([code, value]) => ({
  code,
  type: "standard",
  status: "active",
  is_automatic: false,
  is_tax_inclusive: true,
  application_method: { type: "percentage", target_type: "order", allocation: "across", value },
})

/** Free delivery above an amount before reductions, so that a code never makes an order dearer. */
const freeDelivery = (name, from, rules) =>
  markets.map(({ currency }) => ({
    code: `${name}-${currency}`.toUpperCase(),
    type: "standard",
    status: "active",
    is_automatic: true,
    is_tax_inclusive: true,
    rules: [
      { attribute: "currency_code", operator: "eq", values: [currency] },
      { attribute: "original_item_total", operator: "gte", values: [String(major(from[currency], currency))] },
      ...rules,
    ],
    application_method: {
      type: "percentage",
      target_type: "shipping_methods",
      allocation: "each",
      max_quantity: 1,
      value: 100,
      currency_code: currency,
    },
  }))

export async function loadPromotions(container) {
  const welcome = [{ attribute: "given_codes", operator: "in", values: ["WELCOME10"] }]
  await createPromotionsWorkflow(container).run({
    input: {
      promotionsData: [
        ...Object.entries(CODES).map(reduction),
        ...freeDelivery("free-delivery", FREE_DELIVERY_FROM, []),
        ...freeDelivery("welcome-delivery", WELCOME_DELIVERY_FROM, welcome),
      ],
    },
  })
}
