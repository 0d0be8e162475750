// Loads the catalogue into an empty database: `medusa exec ./load/main.mjs`. Writes the key to $SETTINGS.
import { writeFileSync } from "node:fs"
import { loadCategories } from "./categories.mjs"
import { loadCustomer } from "./customer.mjs"
import { openDelivery, openProfile } from "./delivery.mjs"
import { openPlaces } from "./places.mjs"
import { loadProducts } from "./products.mjs"
import { loadPromotions } from "./promotions.mjs"
import { loadStock } from "./stock.mjs"

export default async function load({ container }) {
  const places = await openPlaces(container)
  const profile = await openProfile(container)
  await openDelivery(container, { ...places, profile })
  const categories = await loadCategories(container)
  await loadProducts(container, { ...places, categories, profile })
  await loadStock(container, places)
  await loadPromotions(container)
  await loadCustomer(container)
  writeFileSync(process.env.SETTINGS, JSON.stringify({ token: places.token }))
}
