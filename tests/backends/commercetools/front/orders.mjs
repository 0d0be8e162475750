// Orders: of a cart of one version, once, with stock that is there (`ReserveOnOrder`).

import { cartShown } from "./carts.mjs";
import { Problem, concurrent, notFound } from "./problem.mjs";

export async function orders(project, ask) {
  if (ask.path[0] !== "orders" || ask.path.length > 2) return undefined;
  if (ask.method === "POST" && ask.path.length === 1) return place(project, ask);
  if (ask.method !== "GET" || !ask.path[1]) return undefined;
  const answer = await project.pass("GET", ask.raw, undefined, ask.bearer);
  if (answer.status === 200) answer.body = { ...answer.body, ...project.prices.get(answer.body.id) };
  return answer;
}

async function place(project, ask) {
  const { cart: reference, version } = ask.body;
  const found = await project.pass("GET", `carts/${reference.id}`);
  if (found.status !== 200) throw notFound(`The Resource with ID '${reference.id}' was not found.`);
  const expand = ["lineItems[*].discountedPricePerQuantity[*].discountedPrice.includedDiscounts[*].discount"];
  const cart = await cartShown(project, found.body, expand);
  if (cart.cartState === "Ordered") {
    throw new Problem(400, "InvalidOperation", `The cart with ID '${cart.id}' is already ordered.`);
  }
  if (cart.version !== version) throw concurrent(cart.id, version, cart.version);
  if (cart.lineItems.length === 0) {
    throw new Problem(400, "InvalidOperation", "Cannot create an order from an empty cart.");
  }
  if (!cart.shippingAddress) {
    throw new Problem(400, "InvalidOperation", "The shipping address is missing.");
  }
  const entries = await held(project, cart);
  const made = await project.pass("POST", ask.raw, ask.body, ask.bearer);
  if (made.status >= 300) return made;
  for (const { entry, quantity } of entries) {
    const actions = [{ action: "removeQuantity", quantity }];
    await project.post(`inventory/${entry.id}`, { version: entry.version, actions });
  }
  project.forget();
  project.ordered.add(cart.id);
  const { lineItems, totalPrice, shippingInfo, discountCodes } = cart;
  const order = { ...made.body, lineItems, totalPrice, shippingInfo, discountCodes };
  project.prices.set(order.id, order);
  return { status: made.status, body: order };
}

/** The stock of the lines; without enough of it there is no order. */
async function held(project, cart) {
  if (cart.inventoryMode === "None") return [];
  const entries = [];
  for (const line of cart.lineItems) {
    const where = encodeURIComponent(`sku="${line.variant.sku}" and supplyChannel is not defined`);
    const [entry] = await project.all("inventory", `&where=${where}`);
    entries.push({ entry, quantity: line.quantity, line });
  }
  const short = entries.filter(({ entry, quantity }) => (entry?.availableQuantity ?? 0) < quantity);
  if (short.length > 0) {
    const skus = short.map(({ line }) => line.variant.sku);
    const lineItems = short.map(({ line }) => line.id);
    throw new Problem(400, "OutOfStock", "Some line items are out of stock.", { lineItems, skus });
  }
  return entries;
}
