// A product of the catalogue as a commercetools draft.

import { categories, picture } from "./files.mjs";
import { brandKey, factName } from "./types.mjs";

/** What drawings of products measure. */
const drawn = { w: 960, h: 1200 };
const languages = ["en", "de", "ar"];

export function productDraft(product, rank, sale) {
  const pictures = {
    images: product.pictures.map((p) => ({ url: picture(p.file), dimensions: drawn, label: p.alt.en })),
    // An image has one label for all languages; an asset of the same address says it in each.
    assets: product.pictures.map((p) => ({ name: p.alt, sources: [{ uri: picture(p.file), dimensions: drawn }] })),
  };
  const variants = product.variants.map((variant) => ({
    ...variantDraft(product, variant, rank, sale),
    ...pictures,
  }));
  return {
    key: product.id,
    productType: { typeId: "product-type", key: "department-store" },
    name: product.name,
    slug: { en: product.slug, de: product.slug, ar: product.slug },
    description: product.description,
    categories: product.categories.map((key) => ({ typeId: "category", key })),
    attributes: [
      { name: "tags", value: product.tags },
      ...product.attributes.map((fact) => ({ name: factName(fact.id), value: fact.value })),
      { name: "looks", value: product.looks },
    ],
    masterVariant: variants[0],
    variants: variants.slice(1),
    publish: true,
  };
}

function variantDraft(product, variant, rank, sale) {
  return {
    sku: variant.sku,
    key: variant.id,
    prices: Object.keys(variant.price).map((currency) => price(variant, currency, sale)),
    attributes: [
      { name: "brand", value: brandKey(product.brand) },
      ...product.options.map((option) => ({ name: option.id, value: variant.options[option.id] })),
      { name: "summary", value: product.summary },
      { name: "keywords", value: keywords(product) },
      { name: "rank", value: rank },
    ],
  };
}

/** The former price is the value, the present one its discounted value. */
function price(variant, currencyCode, sale) {
  const money = (centAmount) => ({ type: "centPrecision", currencyCode, centAmount });
  const now = money(variant.price[currencyCode]);
  if (!variant.was) return { value: now };
  return {
    value: money(variant.was[currencyCode]),
    discounted: { value: now, discount: { typeId: "product-discount", id: sale } },
  };
}

/** Words by which people look for a product and which stand neither in its name nor in its description. */
function keywords(product) {
  const above = [];
  const next = [...product.categories];
  while (next.length > 0) {
    const id = next.shift();
    const category = categories.find((one) => one.id === id);
    above.push(category.name);
    if (category.parent) next.push(category.parent);
  }
  const values = product.options.flatMap((option) => option.values.map((value) => value.name));
  const facts = product.attributes.map((fact) => fact.value);
  const said = (language) => [
    product.brand,
    ...[...above, ...values, ...facts].map((text) => text[language]),
    ...product.tags.map((tag) => TAGS[tag]?.[language] ?? ""),
  ];
  return Object.fromEntries(languages.map((language) => [language, said(language).join(", ")]));
}

const TAGS = {
  new: { en: "new", de: "neu", ar: "جديد" },
  sale: { en: "sale", de: "Sale reduziert", ar: "تخفيضات" },
  bestseller: { en: "bestseller", de: "Bestseller", ar: "الأكثر مبيعا" },
  sustainable: { en: "sustainable", de: "nachhaltig", ar: "مستدام" },
};
