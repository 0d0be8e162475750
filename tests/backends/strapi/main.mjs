// Strapi with the demo shop's content: main.mjs DATABASE FIXTURES PORT. Fills a database that is not there yet and
// ends, or serves one on 127.0.0.1 and tells the adapter's settings when it answers.

import { createRequire } from 'node:module';
import { existsSync, mkdirSync, writeSync } from 'node:fs';
import { fill } from './load/content.mjs';

const [database, fixtures, port] = process.argv.slice(2);
const isNew = !existsSync(database);
process.env.DATABASE = database;
process.env.PORT = port;
process.env.NODE_ENV = 'production';
process.env.STRAPI_TELEMETRY_DISABLED = 'true';

const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi');
const appDir = new URL('./app', import.meta.url).pathname;
mkdirSync(`${appDir}/public/uploads`, { recursive: true });
const strapi = await createStrapi({ appDir, distDir: appDir }).load();
strapi.log.level = 'error';
if (isNew) {
    await fill(strapi, fixtures);
    await strapi.destroy();
    process.exit(0);
}
await strapi.listen();
for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => strapi.destroy().finally(() => process.exit(0)));
}
// What an operator makes under Settings → API Tokens: read-only, for this start.
const tokens = strapi.service('admin::api-token');
const token = await tokens.create({ name: `headwater ${Date.now()}`, description: '', type: 'read-only', lifespan: null });
const settings = { adapter: 'strapi', url: `http://127.0.0.1:${port}`, token: token.accessKey };
// Strapi logs on stdout, so start.sh gives the line of settings a way of its own.
writeSync(3, `${JSON.stringify(settings)}\n`);
