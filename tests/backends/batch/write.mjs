// The demo shop's catalogue as the files of a slow source: write.mjs CATALOGUE INTO [SLUG...], all products without
// slugs. A nightly job of an old system writes such files; here they are made once and never change by themselves.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [catalogue, into, ...slugs] = process.argv.slice(2);
const MADE = 'Sat, 21 Nov 2026 09:40:00 GMT';
const MARKETS = { en: 'GBP', de: 'EUR' };
const DAYS = ['', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const read = (name) => JSON.parse(readFileSync(join(catalogue, name), 'utf8'));
const all = ['fashion', 'gifts', 'home', 'tech'].flatMap((part) => read(`products/${part}.json`));
const products = all.filter(({ slug }) => slugs.length === 0 || slugs.includes(slug));
const categories = new Map(read('categories.json').map((category) => [category.id, category]));

const money = (minor, currency) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')} ${currency}`;
const way = (id, language) => {
    const { parent, name } = categories.get(id);
    return parent ? `${way(parent, language)} > ${name[language]}` : name[language];
};

function offers(product, language) {
    const currency = MARKETS[language];
    return product.variants.map((variant) => {
        const chosen = (id) => {
            const option = product.options.find((option) => option.id === id);
            return option?.values.find((value) => value.id === variant.options[id])?.name[language] ?? '';
        };
        const now = money(variant.price[currency], currency);
        return {
            id: variant.sku,
            item_group_id: product.id,
            title: product.name[language],
            description: product.description[language],
            link: `https://shop.example/p/${product.slug}?sku=${variant.sku}`,
            image_link: `https://shop.example/media/${product.slug}-1.svg`,
            price: variant.was ? money(variant.was[currency], currency) : now,
            sale_price: variant.was ? now : '',
            availability: variant.stock.online > 0 ? 'in_stock' : 'out_of_stock',
            brand: product.brand,
            product_type: way(product.categories[0], language),
            color: chosen('colour'),
            size: chosen('size'),
        };
    });
}

const cell = (value) => (/[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value);
const csv = (rows) => [Object.keys(rows[0]), ...rows.map(Object.values)].map((row) => `${row.map(cell).join(',')}\n`).join('');
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const item = (offer) => {
    const fields = Object.entries(offer).filter(([, value]) => value !== '');
    return `<item>\n${fields.map(([name, value]) => `<g:${name}>${escape(value)}</g:${name}>\n`).join('')}</item>\n`;
};
const feed = (rows) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n` +
    `<title>Larkspur &amp; Finch</title>\n<lastBuildDate>${MADE}</lastBuildDate>\n${rows.map(item).join('')}</channel>\n</rss>\n`;

mkdirSync(into, { recursive: true });
const write = (name, text) => writeFileSync(join(into, name), text);
for (const language of Object.keys(MARKETS)) {
    const rows = products.flatMap((product) => offers(product, language));
    write(`products-${language}.csv`, csv(rows));
    write(`products-${language}.xml`, feed(rows));
}
const stock = products.flatMap(({ variants }) => variants).flatMap(({ sku, stock }) =>
    Object.entries(stock).map(([store, quantity]) => ({ sku, store: store === 'online' ? '' : store, quantity })));
write('stock.csv', csv(stock));
const hours = ({ days, open, close }) => `${days.map((day) => DAYS[day]).join(',')} ${open}-${close}`;
write('stores.csv', csv(read('stores.json').map((store) => ({
    id: store.id,
    name: store.name.en,
    street: store.street,
    city: store.city.en,
    postcode: store.postcode,
    country: store.country,
    latitude: store.latitude,
    longitude: store.longitude,
    phone: store.phone,
    timezone: store.timezone,
    services: store.services.join(' '),
    hours: store.hours.map(hours).join('; '),
}))));
