// The category tree, parents before their children.
import { createProductCategoriesWorkflow, createTranslationsWorkflow } from "@medusajs/medusa/core-flows"
import { categories, media, translations } from "./catalogue.mjs"

/** Gives Medusa's id of each category by the catalogue's. */
export async function loadCategories(container) {
  const ids = new Map()
  let waiting = categories.map((record, rank) => ({ record, rank }))
  while (waiting.length > 0) {
    const ready = waiting.filter(({ record }) => !record.parent || ids.has(record.parent))
    if (ready.length === 0) throw new Error("a category's parent is missing")
    const { result } = await createProductCategoriesWorkflow(container).run({
      input: {
        product_categories: ready.map(({ record, rank }) => ({
          name: record.name.en,
          handle: record.slug,
          description: record.description.en,
          parent_category_id: record.parent ? ids.get(record.parent) : null,
          rank: categories.filter((other, at) => other.parent === record.parent && at < rank).length,
          is_active: true,
          is_internal: false,
          metadata: record.picture ? { image: media(record.picture) } : {},
        })),
      },
    })
    for (const created of result) {
      const { record } = ready.find(({ record }) => record.slug === created.handle)
      ids.set(record.id, created.id)
    }
    waiting = waiting.filter((one) => !ready.includes(one))
  }
  await createTranslationsWorkflow(container).run({
    input: {
      translations: categories.flatMap((record) =>
        translations("product_category", ids.get(record.id), { name: record.name, description: record.description }),
      ),
    },
  })
  return ids
}
