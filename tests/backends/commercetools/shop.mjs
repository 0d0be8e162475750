// The whole of it: the mock, our catalogue in it, and in front of it what the mock leaves out.

import { CommercetoolsMock } from "@labdigital/commercetools-mock";
import { randomBytes } from "node:crypto";
import { serve } from "./front/server.mjs";
import { Project } from "./front/project.mjs";
import { loadCatalogue } from "./load/catalogue.mjs";
import { loadCheckout } from "./load/checkout.mjs";

const port = Number(process.env.PORT ?? 3320);
const began = Date.now();
const say = (text) => process.stderr.write(`commercetools: ${text} (${Date.now() - began} ms)\n`);

// `strict` checks every draft against commercetools' own schema.
const mock = new CommercetoolsMock({ enableAuthentication: true, validateCredentials: true, strict: true });
const client = { id: "headwater", secret: randomBytes(18).toString("base64url") };
const project = new Project(mock, "larkspur", client);
await project.open();
await loadCatalogue(project, say);
await loadCheckout(project);
project.forget();
say("delivery, codes and a customer are loaded");

const server = serve(project, port, () => {
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    adapter: "commercetools",
    url,
    auth_url: url,
    project: project.key,
    client_id: client.id,
    client_secret: client.secret,
    token: "",
  };
  say("ready");
  console.log(JSON.stringify(settings));
});
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => {
    server.closeAllConnections();
    server.close(() => process.exit(0));
  });
}
