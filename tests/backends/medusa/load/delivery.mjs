// How goods arrive: delivery from the warehouse, and collection from each shop.
import { Modules } from "@medusajs/framework/utils"
import {
  createLocationFulfillmentSetWorkflow,
  createServiceZonesWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createTranslationsWorkflow,
} from "@medusajs/medusa/core-flows"
import { markets, prices, stores, translations } from "./catalogue.mjs"
import { shopWords } from "./places.mjs"

const PROVIDER = "manual_manual"
const DELIVERY = { GBP: 395, EUR: 495, JPY: 700 }
const DELIVERY_NAME = { en: "Standard delivery", de: "Standardversand", ar: "توصيل عادي" }
const FREE = { GBP: 0, EUR: 0, JPY: 0 }

export async function openProfile(container) {
  const { result: [profile] } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default", type: "default" }] },
  })
  return profile.id
}

/** A set of the warehouse, with one zone for every country that is served. */
async function zone(container, online, name, type) {
  await createLocationFulfillmentSetWorkflow(container).run({
    input: { location_id: online.id, fulfillment_set_data: { name, type } },
  })
  const [set] = await container.resolve(Modules.FULFILLMENT).listFulfillmentSets({ name })
  const countries = markets.flatMap(({ countries }) => countries)
  const { result: [made] } = await createServiceZonesWorkflow(container).run({
    input: {
      data: [
        {
          name,
          fulfillment_set_id: set.id,
          geo_zones: countries.map((country_code) => ({ type: "country", country_code })),
        },
      ],
    },
  })
  return made.id
}

const option = (name, service_zone_id, profile, price, type, metadata) => ({
  name,
  service_zone_id,
  shipping_profile_id: profile,
  provider_id: PROVIDER,
  price_type: "flat",
  type,
  prices: prices(price),
  metadata,
  rules: [
    { attribute: "enabled_in_store", operator: "eq", value: "true" },
    { attribute: "is_return", operator: "eq", value: "false" },
  ],
})

export async function openDelivery(container, { online, profile }) {
  const link = container.resolve("link")
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: online.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: PROVIDER },
  })
  const shipping = await zone(container, online, "Delivery", "shipping")
  const standard = { label: "Standard", description: "To the door", code: "standard" }
  const input = [option(DELIVERY_NAME.en, shipping, profile, DELIVERY, standard, {})]
  for (const record of stores) {
    const pickup = await zone(container, online, `Collect: ${record.name.en}`, "pickup")
    const type = { label: "Collect", description: "From the shop", code: `collect-${record.id}` }
    input.push(option(record.name.en, pickup, profile, FREE, type, shopWords(record)))
  }
  const { result: options } = await createShippingOptionsWorkflow(container).run({ input })
  const names = [DELIVERY_NAME, ...stores.map(({ name }) => name)]
  await createTranslationsWorkflow(container).run({
    input: {
      translations: options.flatMap(({ id, name }) =>
        translations("shipping_option", id, { name: names.find(({ en }) => en === name) }),
      ),
    },
  })
}
