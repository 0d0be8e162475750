// Where the shop sells and from where: regions, taxes, the sales channel, the stock locations, the key.
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createApiKeysWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  createStoresWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import { markets, media, stores, translated } from "./catalogue.mjs"

async function openStore(container, channel) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const update = {
    name: "Larkspur & Finch",
    supported_currencies: markets.map(({ currency }, at) => ({
      currency_code: currency,
      is_default: at === 0,
      is_tax_inclusive: true,
    })),
    supported_locales: ["en-GB", ...Object.values(translated)].map((locale_code) => ({ locale_code })),
    default_sales_channel_id: channel.id,
  }
  const { data: [store] } = await query.graph({ entity: "store", fields: ["id"] })
  if (store) {
    await updateStoresWorkflow(container).run({ input: { selector: { id: store.id }, update } })
  } else {
    await createStoresWorkflow(container).run({ input: { stores: [update] } })
  }
}

/** Prices include tax everywhere, as they do in shops that sell to people. */
async function openRegions(container) {
  const { result: regions } = await createRegionsWorkflow(container).run({
    input: {
      regions: markets.map(({ name, currency, countries }) => ({
        name,
        currency_code: currency,
        countries,
        is_tax_inclusive: true,
        payment_providers: ["pp_system_default"],
      })),
    },
  })
  await createTaxRegionsWorkflow(container).run({
    input: markets.flatMap(({ countries, tax }) =>
      countries.map((country_code) => ({
        country_code,
        provider_id: "tp_system",
        default_tax_rate: { name: "VAT", code: `vat-${country_code}`, rate: tax },
      })),
    ),
  })
  return regions
}

const shop = (record) => ({
  name: record.name.en,
  address: {
    address_1: record.street,
    city: record.city.en,
    postal_code: record.postcode,
    country_code: record.country.toLowerCase(),
    phone: record.phone,
  },
})

/** What a pickup option tells of its shop; the Store API never tells of stock locations themselves. */
export const shopWords = (record) => ({
  store: record.id,
  slug: record.slug,
  name: record.name,
  street: record.street,
  city: record.city,
  postcode: record.postcode,
  country: record.country,
  latitude: record.latitude,
  longitude: record.longitude,
  phone: record.phone,
  hours: record.hours,
  timezone: record.timezone,
  services: record.services,
  picture: media(record.picture),
})

export async function openPlaces(container) {
  await container.resolve(Modules.TRANSLATION).createLocales([{ code: "ar-GB", name: "Arabic (United Kingdom)" }])
  const { result: [channel] } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Headwater", description: "Every head" }] },
  })
  await openStore(container, channel)
  const regions = await openRegions(container)
  const { result: [online, ...shops] } = await createStockLocationsWorkflow(container).run({
    input: { locations: [{ name: "Online" }, ...stores.map(shop)] },
  })
  // The shops' own stock is for walking in; what is ordered leaves the warehouse, hence only this link.
  await linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id: online.id, add: [channel.id] } })
  const { result: [key] } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: "Headwater", type: "publishable", created_by: "" }] },
  })
  await linkSalesChannelsToApiKeyWorkflow(container).run({ input: { id: key.id, add: [channel.id] } })
  return { channel, regions, online, shops, token: key.token }
}
