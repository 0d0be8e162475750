// Checks GraphQL documents against Shopify's published schema. Reads a JSON object of name → document on
// stdin, names on stdout what is wrong, and ends with 1 if anything is.
import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { schema } from './src/schema.mjs';

const documents = Object.entries(JSON.parse(readFileSync(0, 'utf8')));
let wrong = 0;
for (const [name, text] of documents) {
  let faults;
  try {
    faults = validate(schema, parse(text));
  } catch (error) {
    faults = [error];
  }
  for (const fault of faults) console.log(`${name}: ${fault.message}`);
  wrong += faults.length;
}
console.log(`${documents.length} documents, ${wrong} faults`);
process.exit(wrong ? 1 : 0);
