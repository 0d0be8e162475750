// What the warehouse and each shop have.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createInventoryLevelsWorkflow } from "@medusajs/medusa/core-flows"
import { products, stores } from "./catalogue.mjs"

export async function loadStock(container, { online, shops }) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: items } = await query.graph({ entity: "inventory_item", fields: ["id", "sku"] })
  const item = new Map(items.map(({ id, sku }) => [sku, id]))
  const location = new Map([["online", online.id], ...stores.map(({ id }, at) => [id, shops[at].id])])
  const levels = products.flatMap(({ variants }) =>
    variants.flatMap(({ sku, stock }) =>
      Object.entries(stock).map(([place, stocked_quantity]) => ({
        inventory_item_id: item.get(sku),
        location_id: location.get(place),
        stocked_quantity,
      })),
    ),
  )
  await createInventoryLevelsWorkflow(container).run({ input: { inventory_levels: levels } })
}
