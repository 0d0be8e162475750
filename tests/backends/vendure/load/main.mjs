// Makes the database: main.mjs FILE FIXTURES. The file is whole or not there at all.

import { renameSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
    ChannelService,
    JobQueueService,
    RequestContextService,
    SearchService,
    TransactionalConnection,
    User,
    bootstrap,
} from '@vendure/core';
import { config } from '../server/config.mjs';
import { catalogue } from './catalogue.mjs';
import { collections } from './collections.mjs';
import { facets } from './facets.mjs';
import { pictures } from './pictures.mjs';
import { products } from './products.mjs';
import { codes, customer, delivery, ground, payment } from './trade.mjs';

const [file, fixtures] = process.argv.slice(2);
const unfinished = `${file}.unfinished`;
rmSync(unfinished, { force: true });

const app = await bootstrap(config({ database: unfinished, port: 0, create: true }));
await app.get(JobQueueService).start();

/** In the name of the administrator; anew when the channel has changed. */
async function open() {
    const connection = app.get(TransactionalConnection);
    const user = await connection.rawConnection
        .getRepository(User)
        .findOne({ where: { identifier: 'superadmin' }, relations: { roles: { channels: true } } });
    const channelOrToken = await app.get(ChannelService).getDefaultChannel();
    const ctx = await app.get(RequestContextService).create({ user, apiType: 'admin', channelOrToken });
    return { app, connection, ctx };
}

/** Waits until every background job is done: collections and the search index are filled by jobs. */
async function settled() {
    const queues = app.get(JobQueueService);
    for (let calm = 0; calm < 3; ) {
        await pause(200);
        const open = await queues.jobQueueStrategy.findMany({ filter: { isSettled: { eq: false } } });
        calm = open.totalItems === 0 ? calm + 1 : 0;
    }
}

const taxCategoryId = await ground(await open());
const shop = await open();
const source = catalogue(fixtures);
const picture = pictures(shop, source.media);
await delivery(shop, source.stores);
await payment(shop);
await codes(shop);
await customer(shop);
const facetIds = await facets(shop, source);
await products(shop, source, { facetIds, taxCategoryId, picture });
await collections(shop, source, { facetIds, picture });
await settled();
await app.get(SearchService).reindex(shop.ctx);
await settled();
await app.close();
renameSync(unfinished, file);
process.exit(0);
