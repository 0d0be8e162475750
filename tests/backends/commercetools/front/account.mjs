// Customers: the mock signs in whoever it finds first, and `/me` is anybody; here the token decides.

import { Problem, notFound } from "./problem.mjs";

export async function account(project, ask) {
  const path = `${ask.method} ${ask.path.join("/")}`;
  if (path === "POST login") return login(project, ask.body);
  if (path !== "GET me" && path !== "GET me/orders") return undefined;
  const token = project.mock.authStore().tokens.find((one) => one.access_token === ask.bearer);
  const id = /customer_id:(\S+)/.exec(token?.scope ?? "")?.[1];
  if (!id) throw new Problem(403, "insufficient_scope", "Insufficient scope: one of the following scopes is missing.");
  if (path === "GET me") return { status: 200, body: shown(await project.get(`customers/${id}`)) };
  const all = await project.all("orders");
  const own = all.filter((order) => order.customerId === id).map((order) => project.prices.get(order.id) ?? order);
  own.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const limit = Number(ask.query.get("limit") ?? 20);
  const results = own.slice(0, limit);
  return { status: 200, body: { limit, offset: 0, count: results.length, total: own.length, results } };
}

/** https://docs.commercetools.com/api/projects/customers: signs in and takes an anonymous cart along. */
async function login(project, { email, password, anonymousCart }) {
  const found = await project.pass("POST", "me/login", { email, password });
  if (found.status !== 200) {
    throw new Problem(400, "InvalidCredentials", "Account with the given credentials not found.");
  }
  const customer = shown(found.body.customer);
  if (!anonymousCart) return { status: 200, body: { customer } };
  const { status, body: cart } = await project.pass("GET", `carts/${anonymousCart.id}`);
  if (status !== 200) throw notFound(`The cart with ID '${anonymousCart.id}' was not found.`);
  const actions = [{ action: "setCustomerId", customerId: customer.id }];
  const taken = await project.post(`carts/${cart.id}`, { version: cart.version, actions });
  return { status: 200, body: { customer, cart: taken } };
}

function shown({ password, lowercaseEmail, ...customer }) {
  return customer;
}
