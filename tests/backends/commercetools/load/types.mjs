// The product type and the custom types: what a merchant sets up once, before any product.

const constraint = { variant: "CombinationUnique", product: "SameForAll", other: "None" };

/** All texts of the catalogue are in the same three languages, so localized strings are as they come. */
const attribute = (name, label, type, more) => ({
  name,
  label,
  type,
  isRequired: false,
  isSearchable: false,
  inputHint: "SingleLine",
  ...more,
});

const everywhere = { attributeConstraint: constraint.product, isSearchable: true };
const onProduct = { level: "Product", attributeConstraint: constraint.other };
const plain = (text) => ({ en: text, de: text, ar: text });

/** Such as `larkspur-finch` for `Larkspur & Finch`: the key of an enum value. */
export const brandKey = (brand) => brand.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join("-");

/** A fact may be called as an option is (`size`), and an attribute's name has one type in a project. */
export const factName = (id) => `fact-${id}`;

/** The first of each id that `list` gives for the products, in the catalogue's order. */
function distinct(products, list) {
  const found = new Map();
  for (const one of products.flatMap(list)) if (!found.has(one.id)) found.set(one.id, one);
  return [...found.values()];
}

const LETTERS = ["xxs", "xs", "s", "m", "l", "xl", "xxl"];

/** Sizes from small to large, as a merchant puts them; what is no size stays in its place at the end. */
function bySize(a, b) {
  const [x, y] = [a, b].map(({ id }) => {
    const [, before, number] = /^(\D*)(\d+)/.exec(id) ?? [];
    return LETTERS.includes(id) ? [0, "", LETTERS.indexOf(id)] : number ? [1, before, Number(number)] : [2, "", 0];
  });
  return x[0] - y[0] || (x[1] < y[1] ? -1 : x[1] > y[1] ? 1 : 0) || x[2] - y[2];
}

export function productType(products) {
  // Whatever else a thing may be, its colour is chosen last.
  const last = (option) => (option.id === "colour" ? 1 : 0);
  const options = distinct(products, (product) => product.options).sort((a, b) => last(a) - last(b));
  const values = (id) =>
    distinct(products, (p) => p.options.filter((o) => o.id === id).flatMap((o) => o.values)).sort(bySize);
  const facts = distinct(products, (product) => product.attributes);
  const tags = [...new Set(products.flatMap((product) => product.tags))];
  const brands = [...new Set(products.map((product) => product.brand))].sort();
  const lenum = (id) => ({ name: "lenum", values: values(id).map((v) => ({ key: v.id, label: v.name })) });
  return {
    key: "department-store",
    name: "Department store",
    description: "Everything that the shop sells",
    attributes: [
      attribute("brand", { en: "Brand", de: "Marke", ar: "العلامة التجارية" }, {
        name: "enum",
        values: brands.map((brand) => ({ key: brandKey(brand), label: brand })),
      }, everywhere),
      ...options.map((option) =>
        attribute(option.id, option.name, lenum(option.id), {
          attributeConstraint: constraint.variant,
          isSearchable: true,
        })),
      attribute("summary", plain("Summary"), { name: "ltext" }, everywhere),
      attribute("keywords", plain("Keywords"), { name: "ltext" }, everywhere),
      attribute("rank", plain("Rank"), { name: "number" }, everywhere),
      attribute("tags", plain("Tags"), {
        name: "set",
        elementType: { name: "enum", values: tags.map((tag) => ({ key: tag, label: tag })) },
      }, onProduct),
      ...facts.map((fact) => attribute(factName(fact.id), fact.name, { name: "ltext" }, onProduct)),
      attribute("related", plain("Related"), {
        name: "set",
        elementType: { name: "reference", referenceTypeId: "product" },
      }, { attributeConstraint: constraint.product }),
      attribute("looks", plain("Looks"), { name: "set", elementType: { name: "text" } }, onProduct),
    ],
  };
}

const field = (name, type) => ({ name, label: plain(name), required: false, type, inputHint: "SingleLine" });
const texts = { name: "Set", elementType: { name: "String" } };

/** What commercetools has no field for, where its merchants put such things: custom fields. */
export const customTypes = [
  {
    key: "store",
    name: plain("Store"),
    resourceTypeIds: ["channel"],
    fieldDefinitions: [
      field("city", { name: "LocalizedString" }),
      field("opening-hours", texts),
      field("services", texts),
      field("timezone", { name: "String" }),
      field("image", { name: "String" }),
    ],
  },
  {
    key: "review",
    name: plain("Review"),
    resourceTypeIds: ["review"],
    fieldDefinitions: [field("written-on", { name: "Date" })],
  },
  {
    key: "fulfilment",
    name: plain("Fulfilment"),
    resourceTypeIds: ["order"],
    fieldDefinitions: [field("pickup-store", { name: "Reference", referenceTypeId: "channel" })],
  },
];
