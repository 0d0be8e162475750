// Everything else goes to the mock; of lists, it leaves out `sort`, and of stock the most pieces a cart takes.

import { MOST_PIECES } from "../load/catalogue.mjs";

export async function listed(project, ask) {
  const sorts = ask.query.getAll("sort");
  if (ask.method !== "GET") {
    const answer = await project.pass(ask.method, ask.raw, ask.body, ask.bearer);
    project.forget();
    return answer;
  }
  if (sorts.length === 0) return told(await project.pass("GET", ask.raw, undefined, ask.bearer));
  const query = new URLSearchParams(ask.query);
  const [limit, offset] = [Number(query.get("limit") ?? 20), Number(query.get("offset") ?? 0)];
  query.delete("sort");
  query.set("limit", "500");
  query.set("offset", "0");
  const answer = await project.pass("GET", `${ask.path.join("/")}?${query}`, undefined, ask.bearer);
  if (answer.status !== 200) return answer;
  const results = answer.body.results.sort((a, b) => compare(a, b, sorts)).slice(offset, offset + limit);
  return told({ status: 200, body: { ...answer.body, results, limit, offset, count: results.length } });
}

function compare(a, b, sorts) {
  for (const sort of sorts) {
    const [path, order] = sort.split(" ");
    const [x, y] = [a, b].map((one) => path.split(".").reduce((value, part) => value?.[part], one));
    if (x !== y) return (x < y ? -1 : 1) * (order === "desc" ? -1 : 1);
  }
  return 0;
}

function told(answer) {
  for (const entry of answer.body?.results ?? []) {
    if ("quantityOnStock" in entry && !entry.supplyChannel) entry.maxCartQuantity = MOST_PIECES;
  }
  return answer;
}
