// Products with their options, variants, prices in every currency, and pieces in stock.

import { FastImporterService, Product, ProductVariantService } from '@vendure/core';
import { CURRENCIES, codeOf, stored, translations } from './catalogue.mjs';

/** What reviewers say in sum. */
function rating(reviews, product) {
    const stars = reviews.filter(review => review.product === product.id).map(review => review.rating);
    const sum = stars.reduce((a, b) => a + b, 0);
    return stars.length ? { reviewRating: sum / stars.length, reviewCount: stars.length } : {};
}

/** Paragraphs as Vendure's editor writes them. */
function html(text) {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return escaped.split('\n\n').map(paragraph => `<p>${paragraph}</p>`).join('');
}

/** Makes an option's group; gives the values' ids by their code. */
async function optionGroup(importer, productId, option) {
    const groupId = await importer.createProductOptionGroup({
        code: option.id,
        translations: translations(language => ({ name: option.name[language] })),
    });
    const ids = new Map();
    for (const value of option.values) {
        const id = await importer.createProductOption({
            productOptionGroupId: groupId,
            code: value.id,
            translations: translations(language => ({ name: value.name[language] })),
            customFields: { swatch: value.swatch ?? null },
        });
        ids.set(value.id, id);
    }
    await importer.addOptionGroupToProduct(productId, groupId);
    return ids;
}

function variantName(product, variant, language) {
    const chosen = product.options.map(option => {
        return option.values.find(value => value.id === variant.options[option.id]).name[language];
    });
    return [product.name[language], ...chosen].join(' ');
}

async function variants(shop, importer, product, productId, groups, { facetIds, taxCategoryId }) {
    for (const variant of product.variants) {
        const facets = Object.entries(variant.options).map(([option, value]) => `${option}/${value}`);
        const id = await importer.createProductVariant({
            productId,
            sku: variant.sku,
            taxCategoryId,
            price: variant.price.GBP,
            stockOnHand: variant.stock.online,
            optionIds: product.options.map(option => groups.get(option.id).get(variant.options[option.id])),
            facetValueIds: [...facets, ...(variant.was ? ['sale/sale'] : [])].map(key => facetIds.get(key)),
            translations: translations(language => ({ name: variantName(product, variant, language) })),
            customFields: {
                listPrices: CURRENCIES.flatMap(currencyCode =>
                    variant.was ? [{ currencyCode, amount: stored(variant.was[currencyCode], currencyCode) }] : [],
                ),
            },
        });
        for (const currency of CURRENCIES.filter(code => code !== 'GBP')) {
            const amount = stored(variant.price[currency], currency);
            await shop.app
                .get(ProductVariantService)
                .createOrUpdateProductVariantPrice(shop.ctx, id, amount, shop.ctx.channelId, currency);
        }
    }
}

/** Loads them all, then says which go together. */
export async function products(shop, source, { facetIds, taxCategoryId, picture }) {
    const importer = shop.app.get(FastImporterService);
    await importer.initialize(shop.ctx.channel);
    const ids = new Map();
    for (const product of source.products) {
        const assetIds = [];
        for (const { file, alt } of product.pictures) {
            assetIds.push(await picture(file, alt));
        }
        const facets = [
            `brand/${codeOf(product.brand)}`,
            ...product.tags.map(tag => `tag/${tag}`),
            ...product.categories.map(category => `category/${category}`),
        ];
        const id = await importer.createProduct({
            assetIds,
            featuredAssetId: assetIds[0],
            facetValueIds: facets.map(key => facetIds.get(key)),
            translations: translations(language => ({
                name: product.name[language],
                slug: product.slug,
                description: html(product.description[language]),
                customFields: {
                    summary: product.summary[language],
                    attributes: JSON.stringify(
                        product.attributes.map(({ id, name, value }) => ({
                            id,
                            name: name[language],
                            value: value[language],
                        })),
                    ),
                },
            })),
            customFields: { looks: product.looks ?? [], ...rating(source.reviews, product) },
        });
        ids.set(product.id, id);
        const groups = new Map();
        for (const option of product.options) {
            groups.set(option.id, await optionGroup(importer, id, option));
        }
        await variants(shop, importer, product, id, groups, { facetIds, taxCategoryId });
    }
    for (const product of source.products) {
        const related = shop.connection.getRepository(shop.ctx, Product).createQueryBuilder();
        for (const other of product.related ?? []) {
            await related.relation('customFields.related').of(ids.get(product.id)).add(ids.get(other));
        }
    }
}
