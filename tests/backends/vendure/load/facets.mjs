// Facets: the brand, the marks, every option, what is reduced, and — kept from visitors — the category that
// collections go by.

import { FacetService, FacetValueService } from '@vendure/core';
import { LANGUAGES, codeOf, translations } from './catalogue.mjs';

const LETTERS = ['xxs', 'xs', 's', 'm', 'l', 'xl', 'xxl'];
const same = text => Object.fromEntries(LANGUAGES.map(language => [language, text]));

/** Sizes grow: XS before S, 8 before 10. */
function natural(a, b) {
    const place = id => LETTERS.indexOf(id);
    if (place(a) >= 0 || place(b) >= 0) {
        return (place(a) + 1 || 99) - (place(b) + 1 || 99);
    }
    return a.localeCompare(b, 'en', { numeric: true });
}

/** A dress and a shoe may both be "UK 8": each then says of what. */
function toldApart(values) {
    for (const language of LANGUAGES) {
        const names = values.map(value => value.name[language]);
        for (const [at, value] of values.entries()) {
            if (names.filter(name => name === names[at]).length > 1) {
                value.name = { ...value.name, [language]: `${names[at]} (${value.place[language]})` };
            }
        }
    }
    return values;
}

function options(products, categories) {
    const groups = new Map();
    for (const product of products) {
        const place = categories.find(category => category.id === product.categories[0]).name;
        for (const option of product.options) {
            const group = groups.get(option.id) ?? { id: option.id, name: option.name, values: [] };
            groups.set(option.id, group);
            const fresh = option.values.filter(value => !group.values.some(known => known.id === value.id));
            group.values.push(...fresh.map(value => ({ ...value, place })));
        }
    }
    for (const group of groups.values()) {
        toldApart(group.values);
        group.values.sort((a, b) => natural(a.id, b.id));
    }
    return [...groups.values()];
}

const NAMES = {
    brand: { en: 'Brand', de: 'Marke', ar: 'العلامة التجارية' },
    tag: { en: 'Mark', de: 'Kennzeichen', ar: 'علامة' },
    sale: { en: 'Offers', de: 'Angebote', ar: 'العروض' },
    reduced: { en: 'On sale', de: 'Reduziert', ar: 'تخفيضات' },
};

/** The marks, in an order that fits how products name them: Vendure shows values in the order of making. */
function marks(products) {
    const lists = products.map(product => product.tags);
    const before = (a, b) => lists.some(tags => tags.includes(b) && tags.slice(0, tags.indexOf(b)).includes(a));
    const ordered = [];
    for (let left = [...new Set(lists.flat())].sort(); left.length > 0; ) {
        const next = left.find(tag => !left.some(other => other !== tag && before(other, tag))) ?? left[0];
        ordered.push(next);
        left = left.filter(tag => tag !== next);
    }
    return ordered;
}

/** Makes them; gives the ids by `facet/value`. */
export async function facets(shop, { products, categories }) {
    const brands = [...new Set(products.map(product => product.brand))].sort();
    const all = [
        { id: 'brand', name: NAMES.brand, values: brands.map(name => ({ id: codeOf(name), name: same(name) })) },
        ...options(products, categories),
        { id: 'sale', name: NAMES.sale, values: [{ id: 'sale', name: NAMES.reduced }] },
        { id: 'tag', name: NAMES.tag, values: marks(products).map(id => ({ id, name: same(id) })) },
        { id: 'category', name: same('Category'), values: categories, hidden: true },
    ];
    const ids = new Map();
    for (const { id: code, name, values, hidden } of all) {
        const facet = await shop.app.get(FacetService).create(shop.ctx, {
            code,
            isPrivate: hidden === true,
            translations: translations(language => ({ name: name[language] })),
        });
        for (const value of values) {
            const made = await shop.app.get(FacetValueService).create(shop.ctx, facet, {
                code: value.id,
                translations: translations(language => ({ name: value.name[language] })),
                customFields: { swatch: value.swatch ?? null },
            });
            ids.set(`${code}/${value.id}`, made.id);
        }
    }
    return ids;
}
