// Serves a loaded database: main.mjs FILE PORT. Prints the adapter's settings when it answers.

import { JobQueueService, bootstrap } from '@vendure/core';
import { config } from './config.mjs';

const [database, port] = process.argv.slice(2);
const app = await bootstrap(config({ database, port: Number(port), create: false }));
// The search index follows the stock.
await app.get(JobQueueService).start();
for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => app.close().finally(() => process.exit(0)));
}
process.stdout.write(`${JSON.stringify({ adapter: 'vendure', url: `http://127.0.0.1:${port}` })}\n`);
