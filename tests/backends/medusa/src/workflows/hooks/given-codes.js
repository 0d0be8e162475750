// Tells promotion rules which codes a cart has been given, this request's included. A promotion of Medusa has
// one effect; with this, a second one (WELCOME10 also lowers the threshold of free delivery) is a promotion
// of its own whose rule reads `given_codes`.
const { updateCartPromotionsWorkflow } = require("@medusajs/medusa/core-flows")
const { StepResponse } = require("@medusajs/framework/workflows-sdk")

updateCartPromotionsWorkflow.hooks.setPromotionContext(({ cart, action, promo_codes }) => {
  const before = (cart.promotions ?? []).map((promotion) => promotion?.code).filter(Boolean)
  const asked = promo_codes ?? []
  const codes = {
    add: [...before, ...asked],
    remove: before.filter((code) => !asked.includes(code)),
    replace: asked,
  }
  return new StepResponse({ given_codes: codes[action ?? "add"] ?? before })
})
