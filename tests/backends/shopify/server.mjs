// A Shopify shop on 127.0.0.1: Shopify's schema, our catalogue, carts in memory.
import { createServer } from 'node:http';
import { answer } from './src/answer.mjs';

const PORT = Number(process.env.PORT ?? 3330);
const PATH = '/api/2026-04/graphql.json';
const LIMIT = 1 << 20;

/** Token → what it may do. Private tokens begin with `shpat_`; the other two are for tests of refusals. */
const PRIVATE = {
  shpat_larkspur: {},
  shpat_without_inventory: { inventory: false },
  shpat_throttled: { throttled: true },
};
const PUBLIC = { larkspur_public: {} };

function rightsOf(headers) {
  const [secret, open] = [headers['shopify-storefront-private-token'], headers['x-shopify-storefront-access-token']];
  return secret != null ? PRIVATE[secret] : PUBLIC[open ?? ''];
}

async function bodyOf(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > LIMIT) throw new Error('too large');
  }
  return JSON.parse(text);
}

const coded = (code, message = '') => ({ errors: [{ message, extensions: { code } }] });

async function reply(request) {
  if (request.url !== PATH) return [404, { errors: 'Not Found' }];
  if (request.method !== 'POST') return [405, { errors: 'Method Not Allowed' }];
  const rights = rightsOf(request.headers);
  if (!rights) return [401, coded('UNAUTHORIZED')];
  if (rights.throttled) return [200, coded('THROTTLED', 'Throttled')];
  try {
    return [200, await answer(await bodyOf(request), rights)];
  } catch (error) {
    return [400, coded('BAD_REQUEST', String(error.message))];
  }
}

const server = createServer(async (request, response) => {
  const [status, body] = await reply(request);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
});

server.listen(PORT, '127.0.0.1', () => {
  const { port } = server.address();
  console.log(JSON.stringify({ adapter: 'shopify', url: `http://127.0.0.1:${port}`, token: 'shpat_larkspur' }));
});
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => { server.closeAllConnections(); server.close(() => process.exit(0)); });
}
