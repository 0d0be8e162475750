// What answers: the mock, and in front of it what the mock leaves out of the documented service.

import { createServer } from "node:http";
import { account } from "./account.mjs";
import { carts } from "./carts.mjs";
import { listed } from "./listed.mjs";
import { orders } from "./orders.mjs";
import { Problem, unauthorized } from "./problem.mjs";
import { projections } from "./projections.mjs";
import { search } from "./search.mjs";

/** The first that gives an answer is taken; `listed` takes what is left. */
const PARTS = [search, projections, carts, orders, account, listed];

/** No body of ours comes near. */
const LARGEST = 1 << 20;

export function serve(project, port, ready) {
  const server = createServer(async (request, response) => {
    const send = (status, body) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    try {
      const { status, body } = await answer(project, request, await text(request));
      send(status, body);
    } catch (error) {
      if (!(error instanceof Problem)) console.error(error);
      const message = "Internal server error";
      const fault = { statusCode: 500, message, errors: [{ code: "General", message }] };
      send(error.status ?? 500, error.body ?? fault);
    }
  });
  server.listen(port, "127.0.0.1", ready);
  return server;
}

async function text(request) {
  let body = "";
  for await (const part of request) {
    body += part;
    if (body.length > LARGEST) throw new Problem(413, "ContentTooLarge", "The body is too large.");
  }
  return body;
}

async function answer(project, request, body) {
  const url = new URL(request.url, "http://127.0.0.1");
  if (url.pathname.startsWith("/oauth/")) return token(project, request, url, body);
  const [, key, ...path] = url.pathname.split("/");
  if (key !== project.key) throw new Problem(404, "ResourceNotFound", `No project '${key}'.`);
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (!project.mock.authStore().validateToken(bearer)) throw unauthorized("invalid_token", "invalid_token");
  const ask = {
    method: request.method,
    path: path.map(decodeURIComponent),
    raw: path.join("/") + url.search,
    query: url.searchParams,
    body: body === "" ? undefined : parsed(body),
    bearer,
  };
  for (const part of PARTS) {
    const found = await part(project, ask);
    if (found) return found;
  }
  throw new Problem(404, "ResourceNotFound", "Not Found");
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw new Problem(400, "InvalidJsonInput", "Request body does not contain valid JSON.");
  }
}

/** The mock takes any client; this one knows its own. */
async function token(project, request, url, body) {
  const [, basic = ""] = (request.headers.authorization ?? "").split(" ");
  const { id, secret } = project.client;
  if (Buffer.from(basic, "base64").toString() !== `${id}:${secret}`) {
    throw unauthorized("invalid_client", "Please provide valid client credentials using HTTP Basic Authentication.");
  }
  const answer = await project.mock.app.inject({
    method: request.method,
    url: url.pathname + url.search,
    headers: { authorization: request.headers.authorization, "content-type": request.headers["content-type"] ?? "" },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.json() };
}
