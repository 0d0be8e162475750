// What a cart needs: where is shipped to and for how much, codes, and a customer with a wish list.
// The amounts are those of the demo shop (components/demo-shop/src/cart/promotion.rs).

import { customers, products } from "./files.mjs";

const CURRENCIES = ["GBP", "EUR", "JPY"];
const DELIVERY = [395, 495, 700];
const FREE_FROM = [5000, 6000, 10000];
const CODES = [
  { code: "WELCOME10", percent: 10, freeFrom: [3000, 3500, 6000] },
  { code: "STAY5", percent: 5 },
  { code: "WINBACK10", percent: 10 },
];

/** Where the shop ships to. */
const COUNTRIES = (
  "GB IE DE AT CH FR BE NL LU DK SE NO FI IS ES PT IT GR PL CZ SK HU SI HR RO BG EE LV LT MT CY " +
  "US CA AU NZ JP KR SG HK AE SA EG JO KW QA BH OM MA TN LB"
).split(" ");

const money = (currencyCode, centAmount) => ({ type: "centPrecision", currencyCode, centAmount });

/** `30.00 GBP`, as predicates write money. */
function inWords(currency, centAmount) {
  const digits = currency === "JPY" ? 0 : 2;
  return `"${(centAmount / 10 ** digits).toFixed(digits)} ${currency}"`;
}

export async function loadCheckout(project) {
  const zone = await project.post("zones", {
    key: "world",
    name: "Where we ship to",
    locations: COUNTRIES.map((country) => ({ country })),
  });
  await project.post("tax-categories", {
    key: "none",
    name: "Prices include all tax",
    rates: COUNTRIES.map((country) => ({ name: "included", amount: 0, includedInPrice: true, country })),
  });
  const rates = (price, more) => [{
    zone: { typeId: "zone", id: zone.id },
    shippingRates: CURRENCIES.map((currency, i) => ({
      price: money(currency, price[i]),
      ...(more && { freeAbove: money(currency, more[i]) }),
    })),
  }];
  const method = (key, name, isDefault, zoneRates) =>
    project.post("shipping-methods", {
      key,
      name,
      isDefault,
      taxCategory: { typeId: "tax-category", key: "none" },
      zoneRates,
    });
  await method("standard", "Standard delivery", true, rates(DELIVERY, FREE_FROM));
  await method("pickup", "Collect from a store", false, rates([0, 0, 0]));
  for (const [place, code] of CODES.entries()) await loadCode(project, code, place);
  await loadCustomer(project);
}

/** Ada, with the list of what she wishes for. */
async function loadCustomer(project) {
  const { id } = (await project.post("customers", {
    key: "ada",
    email: "ada@example.test",
    password: "correct-horse-battery",
    firstName: "Ada",
    lastName: "Finch",
  })).customer;
  const { wishList } = customers.find((one) => one.email === "ada@example.test");
  const wished = (product) => products.find((one) => one.id === product).variants[0].sku;
  const lineItems = wishList.map((product, place) => ({
    sku: wished(product),
    addedAt: new Date(Date.UTC(2026, 0, 31 - place)).toISOString(),
  }));
  await project.post("shopping-lists", {
    key: "ada",
    name: { en: "Wish list" },
    customer: { typeId: "customer", id },
    lineItems,
  });
}

async function loadCode(project, { code, percent, freeFrom }, place) {
  const discount = (key, more) =>
    project.post("cart-discounts", {
      key: `${code.toLowerCase()}-${key}`,
      requiresDiscountCode: true,
      isActive: true,
      stackingMode: "Stacking",
      ...more,
    });
  const off = await discount("off", {
    name: {
      en: `${code}: ${percent}% off`,
      de: `${code}: ${percent}\u00a0% Rabatt`,
      ar: `\u2068${code}\u2069: خصم \u2066${percent}%\u2069`,
    },
    value: { type: "relative", permyriad: percent * 100 },
    target: { type: "lineItems", predicate: "1=1" },
    cartPredicate: "1=1",
    sortOrder: `0.${place + 1}1`,
  });
  const given = [off];
  if (freeFrom) {
    const over = CURRENCIES.map((c, i) => `lineItemTotal(1=1) >= ${inWords(c, freeFrom[i])}`);
    given.push(await discount("delivery", {
      name: { en: "Free delivery", de: "Kostenlose Lieferung", ar: "توصيل مجاني" },
      value: { type: "relative", permyriad: 10000 },
      target: { type: "shipping" },
      cartPredicate: over.join(" or "),
      sortOrder: `0.${place + 1}2`,
    }));
  }
  await project.post("discount-codes", {
    code,
    name: { en: code, de: code, ar: code },
    cartDiscounts: given.map(({ id }) => ({ typeId: "cart-discount", id })),
    isActive: true,
  });
}
