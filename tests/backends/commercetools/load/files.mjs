// The demo shop's catalogue as its files hold it.

import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../../../fixtures/catalogue/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, root), "utf8"));

/** In the merchandiser's order, which is the order of the files. */
export const products = readdirSync(new URL("products/", root)).sort().flatMap((file) => read(`products/${file}`));
export const categories = read("categories.json");
export const customers = read("customers.json");
export const stores = read("stores.json");
export const reviews = read("reviews.json");

/** Where the pictures are; nothing of them is fetched. */
export const picture = (file) => `https://media.larkspur.test/${file}`;
