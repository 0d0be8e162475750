// Products with their variants, prices, options and words.
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createPriceListsWorkflow,
  createProductOptionsWorkflow,
  createProductTagsWorkflow,
  createProductsWorkflow,
  createTranslationsWorkflow,
} from "@medusajs/medusa/core-flows"
import { categories as allCategories, media, prices, products, reviews, translated, translations } from "./catalogue.mjs"

/** Medusa's own names for the option and the variant of a product without a choice; its admin pages write the same. */
const NO_CHOICE = { title: "Default option", value: "Default option value", variant: "Default variant" }

/** Options are made first, since a product's creation drops their metadata. Medusa keeps an order of an option's
 * values but none of a product's options, hence `rank`. */
async function openOptions(container, record) {
  const catalogue = container.resolve(Modules.PRODUCT)
  const made = []
  for (const [rank, option] of record.options.entries()) {
    const { result: [created] } = await createProductOptionsWorkflow(container).run({
      input: {
        product_options: [
          {
            title: option.name.en,
            values: option.values.map((value) => value.name.en),
            ranks: Object.fromEntries(option.values.map((value, at) => [value.name.en, at])),
            is_exclusive: true,
            metadata: { code: option.id, rank },
          },
        ],
      },
    })
    for (const value of option.values) {
      const id = created.values.find((other) => other.value === value.name.en).id
      const swatch = value.swatch ? { swatch: value.swatch } : {}
      await catalogue.updateProductOptionValues(id, { metadata: { code: value.id, ...swatch } })
    }
    made.push(created)
  }
  return made
}

const words = (record, variant, language) =>
  record.options.map((option) => option.values.find(({ id }) => id === variant.options[option.id]).name[language])

/** Medusa's base price is the one before a sale; the sale itself is a price list. */
const variant = (record, one, rank) => ({
  variant_rank: rank,
  title: words(record, one, "en").join(" / ") || NO_CHOICE.variant,
  sku: one.sku,
  manage_inventory: true,
  allow_backorder: false,
  options:
    record.options.length === 0
      ? { [NO_CHOICE.title]: NO_CHOICE.value }
      : Object.fromEntries(record.options.map((option, at) => [option.name.en, words(record, one, "en")[at]])),
  prices: prices(one.was ?? one.price),
})

/** Medusa has no reviews; a service that has them keeps their sum here. */
const rating = ({ id }) => {
  const stars = reviews.filter((review) => review.product === id).map((review) => review.rating)
  if (stars.length === 0) return {}
  const average = Math.round((stars.reduce((sum, one) => sum + one) * 10) / stars.length) / 10
  return { rating: { average, count: stars.length } }
}

const product = (record, options, { categories, tags, profile, channel }) => ({
  title: record.name.en,
  subtitle: record.summary.en,
  description: record.description.en,
  handle: record.slug,
  external_id: record.id,
  status: "published",
  thumbnail: record.pictures.length > 0 ? media(record.pictures[0].file) : null,
  images: record.pictures.map(({ file, alt }) => ({ url: media(file), metadata: { alt } })),
  category_ids: record.categories.map((id) => categories.get(id)),
  tag_ids: record.tags.map((tag) => tags.get(tag)),
  shipping_profile_id: profile,
  sales_channels: [{ id: channel.id }],
  options:
    options.length === 0
      ? [{ title: NO_CHOICE.title, values: [NO_CHOICE.value], is_exclusive: true }]
      : options.map(({ id, values }) => ({ id, value_ids: values.map((value) => value.id) })),
  variants: record.variants.map((one, rank) => variant(record, one, rank)),
  // Medusa has no field for these: metadata, with words in every language.
  metadata: {
    brand: record.brand,
    main_category: allCategories.find(({ id }) => id === record.categories[0])?.slug,
    attributes: record.attributes,
    related: (record.related ?? []).map((id) => products.find((other) => other.id === id)?.slug).filter(Boolean),
    looks: record.looks ?? [],
    ...rating(record),
  },
})

async function loadTags(container) {
  const ids = new Map()
  // One by one, in the order in which products carry them: a tag's place is that of its id.
  for (const value of ["bestseller", "new", "sustainable", "sale"]) {
    const { result: [tag] } = await createProductTagsWorkflow(container).run({
      input: { product_tags: [{ value }] },
    })
    ids.set(value, tag.id)
  }
  return ids
}

/** The words of a product in the other languages. */
async function translate(container, record, options, created) {
  const { name: title, summary: subtitle, description } = record
  const found = translations("product", created.id, { title, subtitle, description })
  for (const [at, option] of record.options.entries()) {
    found.push(...translations("product_option", options[at].id, { title: option.name }))
    for (const value of option.values) {
      const { id } = options[at].values.find((other) => other.value === value.name.en)
      found.push(...translations("product_option_value", id, { value: value.name }))
    }
  }
  for (const one of record.variants.filter(() => record.options.length > 0)) {
    const made = created.variants.find(({ sku }) => sku === one.sku)
    const spoken = Object.fromEntries(
      Object.keys(translated).map((language) => [language, words(record, one, language).join(" / ")]),
    )
    found.push(...translations("product_variant", made.id, { title: spoken }))
  }
  await createTranslationsWorkflow(container).run({ input: { translations: found } })
}

async function startSale(container, ids) {
  const reduced = products.flatMap(({ variants }) => variants).filter(({ was }) => was)
  await createPriceListsWorkflow(container).run({
    input: {
      price_lists_data: [
        {
          title: "Sale",
          description: "What is reduced now",
          type: "sale",
          status: "active",
          prices: reduced.flatMap((one) => prices(one.price, { variant_id: ids.get(one.sku) })),
        },
      ],
    },
  })
}

/** The catalogue keeps no dates but marks what is new. Medusa keeps dates, and sets them itself on creation. */
async function date(container, created) {
  const isNew = (record) => record.tags.includes("new")
  const latestFirst = [...products.filter(isNew), ...products.filter((record) => !isNew(record))]
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  for (const [at, record] of latestFirst.entries()) {
    const day = new Date(Date.UTC(2026, 9, 1) - at * 86_400_000)
    await database("product").where({ id: created.get(record.id) }).update({ created_at: day })
  }
}

/** Gives Medusa's id of each variant by its stock keeping unit. */
export async function loadProducts(container, place) {
  const tags = await loadTags(container)
  const ids = new Map()
  const made = new Map()
  // One by one: Medusa's own order is that of its ids, which are made of the time.
  for (const record of products) {
    const options = await openOptions(container, record)
    const { result: [created] } = await createProductsWorkflow(container).run({
      input: { products: [product(record, options, { ...place, tags })] },
    })
    made.set(record.id, created.id)
    for (const { id, sku } of created.variants) ids.set(sku, id)
    await translate(container, record, options, created)
  }
  await startSale(container, ids)
  await date(container, made)
  return ids
}
