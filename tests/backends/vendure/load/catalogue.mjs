// The demo shop's catalogue as its files hold it, and what is derived from it.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const LANGUAGES = ['en', 'de', 'ar'];
export const CURRENCIES = ['GBP', 'EUR', 'JPY'];

/** Minor units as Vendure keeps them: hundredths in every currency, so of the yen too. */
export function stored(amount, currency) {
    return currency === 'JPY' ? amount * 100 : amount;
}

const json = path => JSON.parse(readFileSync(path, 'utf8'));

/** Everything, products in the order of the shop. */
export function catalogue(fixtures) {
    const root = join(fixtures, 'catalogue');
    const files = readdirSync(join(root, 'products')).filter(name => name.endsWith('.json')).sort();
    return {
        media: join(fixtures, 'media'),
        categories: json(join(root, 'categories.json')),
        products: files.flatMap(name => json(join(root, 'products', name))),
        reviews: json(join(root, 'reviews.json')),
        stores: json(join(root, 'stores.json')),
    };
}

/** `fields(language)` in every language, as Vendure wants it. */
export function translations(fields) {
    return LANGUAGES.map(languageCode => ({ languageCode, ...fields(languageCode) }));
}

/** Such as `larkspur-finch` for `Larkspur & Finch`. */
export function codeOf(name) {
    return name.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join('-');
}

/** A category and all below it. */
export function within(categories, id) {
    const below = categories.filter(other => other.parent === id).flatMap(c => within(categories, c.id));
    return [id, ...below];
}
