// Shopify's own published schema of the Storefront API, from the package that carries it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildClientSchema } from 'graphql';

const path = createRequire(import.meta.url).resolve('@shopify/hydrogen-react/storefront.schema.json');
const published = JSON.parse(readFileSync(path, 'utf8'));
export const schema = buildClientSchema(published.data ?? published);
