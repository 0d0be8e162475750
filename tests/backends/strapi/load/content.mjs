// The demo shop's content as an editor would enter it.

import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const BLOCK = 'api::block.block';
const LOCALES = { en: 'English (en)', de: 'German (de)', ar: 'Arabic (ar)' };

/** A picture of the catalogue in the media library; a bitmap, since Strapi makes no smaller formats of an SVG. */
async function picture(strapi, folder, { file, alt }, locale) {
    const sharp = require('sharp');
    const path = join(mkdtempSync(join(tmpdir(), 'headwater-')), file.replace(/svg$/, 'png'));
    await sharp(file.startsWith('/') ? file : join(folder, file)).png({ palette: true }).toFile(path);
    const [uploaded] = await strapi.plugin('upload').service('upload').upload({
        data: { fileInfo: { alternativeText: alt[locale], name: file } },
        files: { filepath: path, originalFilename: file.replace(/svg$/, 'png'), mimetype: 'image/png', size: statSync(path).size },
    });
    return uploaded.id;
}

/** What a link leads to, by the slug that the shop has for it. */
function link(record, slugs) {
    const [[to, key] = []] = Object.entries(record.link ?? {});
    if (!to) return {};
    return { linkTo: to, linkValue: to === 'search' ? key : (slugs.get(key) ?? key) };
}

/** Every block in every language, published; and one that an editor has not finished. */
export async function fill(strapi, fixtures) {
    const read = (name) => JSON.parse(readFileSync(join(fixtures, 'catalogue', name), 'utf8'));
    const products = ['fashion', 'gifts', 'home', 'tech'].flatMap((part) => read(`products/${part}.json`));
    const slugs = new Map([...products, ...read('categories.json')].map(({ id, slug }) => [id, slug]));

    const locales = strapi.plugin('i18n').service('locales');
    const there = new Set((await locales.find()).map(({ code }) => code));
    for (const [code, name] of Object.entries(LOCALES)) {
        if (!there.has(code)) await locales.create({ code, name });
    }
    const blocks = strapi.documents(BLOCK);
    for (const [position, record] of read('content.json').entries()) {
        let documentId;
        for (const locale of Object.keys(LOCALES)) {
            const said = (text) => text?.[locale] ?? null;
            const data = {
                key: record.id,
                slot: record.slot,
                kind: record.kind,
                position,
                title: said(record.title),
                body: said(record.body),
                ...link(record, slugs),
                linkLabel: said(record.link_label),
                image: record.picture ? await picture(strapi, join(fixtures, 'media'), record.picture, locale) : null,
                products: record.products.map((id) => slugs.get(id)).join('\n'),
                from: record.from,
                until: record.until,
                weekday: record.weekday ?? null,
            };
            const question = { locale, data, status: 'published' };
            if (documentId) await blocks.update({ documentId, ...question });
            else ({ documentId } = await blocks.create(question));
        }
    }
    const draft = { key: 'unfinished', slot: 'home_hero', kind: 'hero', position: -1, title: 'Nobody may read this yet' };
    await blocks.create({ locale: 'en', data: draft, status: 'draft' });
}
