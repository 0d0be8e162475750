// Categories, products, stores, stock and reviews.

import { categories, picture, products, reviews, stores } from "./files.mjs";
import { customTypes, productType } from "./types.mjs";
import { productDraft } from "./product.mjs";
import { storeDraft } from "./store.mjs";

/** The most pieces of one line that the demo shop takes. */
export const MOST_PIECES = 20;

export async function loadCatalogue(project, say) {
  for (const type of customTypes) await project.post("types", type);
  await project.post("product-types", productType(products));
  await project.post("custom-objects", { container: "swatches", key: "colour", value: swatches() });
  const sale = await project.post("product-discounts", {
    key: "sale",
    name: { en: "Sale", de: "Sale", ar: "تخفيضات" },
    value: { type: "external" },
    predicate: "1=1",
    sortOrder: "0.5",
    isActive: true,
  });
  for (const [place, category] of categories.entries()) {
    await project.post("categories", categoryDraft(category, place));
  }
  const ids = await loadProducts(project, sale.id);
  say(`${products.length} products are loaded`);
  const channels = {};
  for (const store of stores) channels[store.id] = (await project.post("channels", storeDraft(store))).id;
  await loadStock(project, channels);
  for (const review of reviews) await project.post("reviews", reviewDraft(review, ids));
  say("stores, stock and reviews are loaded");
}

/** Value of the colour option → `#rrggbb`: an enum value has a label and no colour. */
function swatches() {
  const values = products.flatMap((product) => product.options).flatMap((option) => option.values);
  return Object.fromEntries(values.filter((v) => v.swatch).map((v) => [v.id, v.swatch]));
}

function categoryDraft(category, place) {
  return {
    key: category.id,
    name: category.name,
    slug: { en: category.slug, de: category.slug, ar: category.slug },
    description: category.description,
    orderHint: `0.${String(place + 1).padStart(3, "0")}`,
    ...(category.parent && { parent: { typeId: "category", key: category.parent } }),
    assets: category.picture
      ? [{
        name: category.name,
        sources: [{ uri: picture(category.picture), dimensions: { w: 1200, h: 900 } }],
      }]
      : [],
  };
}

/** The oldest first, so that `createdAt` tells what the catalogue marks as new. */
async function loadProducts(project, sale) {
  const age = (product) => (product.tags.includes("new") ? 1 : 0);
  const oldestFirst = products.map((product, rank) => ({ product, rank })).reverse();
  oldestFirst.sort((a, b) => age(a.product) - age(b.product));
  const ids = {};
  for (const { product, rank } of oldestFirst) {
    const made = await project.post("products", productDraft(product, rank, sale));
    ids[product.id] = made.id;
    // `createdAt` counts milliseconds, and two products of one millisecond would have no order.
    await new Promise((done) => setTimeout(done, 2));
  }
  // A reference needs an id, and ids are known only now.
  for (const product of products) {
    const value = product.related.map((key) => ({ typeId: "product", id: ids[key] }));
    const made = await project.get(`products/${ids[product.id]}`);
    await project.post(`products/${ids[product.id]}`, {
      version: made.version,
      actions: [{ action: "setAttributeInAllVariants", name: "related", value, staged: false }],
    });
  }
  const placed = await project.all("categories");
  const idOf = Object.fromEntries(placed.map((category) => [category.key, category.id]));
  for (const [rank, product] of products.entries()) {
    const hints = product.categories.map((key) => [idOf[key], String((rank + 1) / 1000)]);
    project.orderHints.set(ids[product.id], Object.fromEntries(hints));
  }
  return ids;
}

async function loadStock(project, channels) {
  for (const variant of products.flatMap((product) => product.variants)) {
    for (const [place, quantityOnStock] of Object.entries(variant.stock)) {
      const supplyChannel = { typeId: "channel", id: channels[place] };
      await project.post("inventory", {
        key: `${variant.id}-${place}`,
        sku: variant.sku,
        quantityOnStock,
        // What goes online is bounded a line; what lies in a store is not sold online.
        ...(place === "online" ? { maxCartQuantity: MOST_PIECES } : { supplyChannel }),
      });
    }
  }
}

function reviewDraft(review, ids) {
  return {
    key: `review-${review.id}`,
    authorName: review.author,
    title: review.title,
    text: review.body,
    rating: review.rating,
    locale: review.language,
    target: { typeId: "product", id: ids[review.product] },
    custom: { type: { typeId: "type", key: "review" }, fields: { "written-on": review.date } },
  };
}
