// The searchable fields of a product, of one of its variants and of one of its prices.
// https://docs.commercetools.com/api/projects/product-search#searchable-product-fields

import { invalidInput } from "./problem.mjs";

const OF_PRODUCT = ["id", "key", "name", "description", "slug", "createdAt", "lastModifiedAt"];
const OF_PRICE = {
  centAmount: (price) => price.value.centAmount,
  currentCentAmount: (price) => (price.discounted ?? price).value.centAmount,
  currencyCode: (price) => price.value.currencyCode,
  country: (price) => price.country,
  discounted: (price) => price.discounted !== undefined,
};

/** The values of a field for one price of one variant; a name that the service does not know is refused. */
export function values(index, { product, variant, price }, { field, fieldType, language }) {
  const part = field.split(".");
  const told = (value) => (value === undefined || value === null ? [] : [value]);
  if (OF_PRODUCT.includes(field)) return told(localized(product[field], language));
  if (field === "categories") return product.categories.map((category) => category.id);
  if (field === "categoriesSubTree") return product.categories.flatMap(({ id }) => index.above(id));
  if (part[0] === "categoryOrderHints") return told(product.categoryOrderHints[part[1]]).map(Number);
  if (part[0] === "reviewRatingStatistics") return told(product.reviewRatingStatistics?.[part[1]]);
  if (field === "variants.sku") return told(variant.sku);
  if (part[0] === "variants" && part[1] === "availability") return told(variant.availability?.[part[2]]);
  if (part[0] === "variants" && part[1] === "prices" && OF_PRICE[part[2]]) {
    return price ? told(OF_PRICE[part[2]](price)) : [];
  }
  if (part[0] === "variants" && part[1] === "attributes") {
    return attribute(index, variant, part.slice(2), fieldType, language);
  }
  throw invalidInput(`Unknown field '${field}'.`);
}

function attribute(index, variant, [name, of], fieldType, language) {
  const definition = index.definitions.get(name);
  const type = definition?.type.name === "set" ? `set_${definition.type.elementType.name}` : definition?.type.name;
  if (!definition?.isSearchable || definition.level === "Product" || type !== fieldType) {
    throw invalidInput(`'${name}' is no searchable variant attribute of type '${fieldType}'.`);
  }
  const found = variant.attributes.find((one) => one.name === name)?.value;
  const all = found === undefined ? [] : [found].flat();
  return all.map((value) => localized(of ? value[of] : value, language)).filter((value) => value !== undefined);
}

function localized(value, language) {
  return language && typeof value === "object" ? value[language] : value;
}
