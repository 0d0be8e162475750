// Pictures as assets: a name, a size, and where they are. Nothing is uploaded or scaled.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Asset, AssetTranslation } from '@vendure/core';
import { translations } from './catalogue.mjs';

/** Gives a function from a picture's file name and its words to the asset's id. */
export function pictures(shop, media) {
    const assets = shop.connection.getRepository(shop.ctx, Asset);
    const words = shop.connection.getRepository(shop.ctx, AssetTranslation);
    return async (file, alt) => {
        const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(readFileSync(join(media, file), 'utf8'));
        const asset = await assets.save(
            new Asset({
                type: 'IMAGE',
                mimeType: 'image/svg+xml',
                fileSize: statSync(join(media, file)).size,
                width: Number(width),
                height: Number(height),
                source: file,
                preview: file,
                channels: [shop.ctx.channel],
                customFields: {},
            }),
        );
        const named = translations(language => ({ name: alt[language] }));
        await words.save(named.map(fields => new AssetTranslation({ ...fields, base: asset, customFields: {} })));
        return asset.id;
    };
}
