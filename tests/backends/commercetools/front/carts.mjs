// Carts: what the service checks and computes and the mock does not.

import { MOST_PIECES } from "../load/catalogue.mjs";
import { Problem } from "./problem.mjs";
import { priced, terms } from "./price.mjs";

export async function carts(project, ask) {
  if (ask.path[0] !== "carts" || ask.path.length > 2) return undefined;
  const id = ask.path[1];
  if (ask.method === "POST" && id) {
    const { status, body: cart } = await project.pass("GET", `carts/${id}`, undefined, ask.bearer);
    if (status === 200) check(project, cart, ask.body);
  }
  const answer = await project.pass(ask.method, ask.raw, ask.body, ask.bearer);
  if (answer.status >= 300 || !answer.body?.cartState) return answer;
  if (ask.method === "POST" && !id) project.modes.set(answer.body.id, ask.body.inventoryMode ?? "None");
  return { status: answer.status, body: await cartShown(project, answer.body, ask.query.getAll("expand")) };
}

export async function cartShown(project, cart, expand) {
  const shown = priced(cart, await terms(project), expand);
  shown.inventoryMode = project.modes.get(cart.id) ?? "None";
  if (project.ordered.has(cart.id)) shown.cartState = "Ordered";
  return shown;
}

function check(project, cart, { actions }) {
  if (project.ordered.has(cart.id)) {
    throw new Problem(400, "InvalidOperation", `The cart with ID '${cart.id}' is already ordered.`);
  }
  for (const action of actions) {
    const present = cart.lineItems.find((l) => l.id === action.lineItemId || l.variant.sku === action.sku);
    const quantity = action.action === "addLineItem"
      ? (present?.quantity ?? 0) + (action.quantity ?? 1)
      : action.quantity;
    const bounded = ["addLineItem", "changeLineItemQuantity"].includes(action.action);
    if (bounded && quantity > MOST_PIECES) {
      const message = `Quantity '${quantity}' greater than maximum '${MOST_PIECES}'.`;
      throw new Problem(400, "LineItemQuantityAboveLimit", message, {
        quantity,
        maxCartQuantity: MOST_PIECES,
        ...(present && { lineItemId: present.id }),
      });
    }
  }
}
