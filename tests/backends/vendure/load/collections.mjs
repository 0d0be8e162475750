// The category tree: each collection takes the products that the hidden facet puts in it or below it.

import { CollectionService } from '@vendure/core';
import { translations, within } from './catalogue.mjs';

export async function collections(shop, { categories }, { facetIds, picture }) {
    const ids = new Map();
    for (const category of categories) {
        const facetValueIds = within(categories, category.id).map(id => String(facetIds.get(`category/${id}`)));
        const featuredAssetId = category.picture && (await picture(category.picture, category.name));
        const made = await shop.app.get(CollectionService).create(shop.ctx, {
            parentId: category.parent ? ids.get(category.parent) : undefined,
            featuredAssetId,
            assetIds: featuredAssetId ? [featuredAssetId] : [],
            inheritFilters: false,
            filters: [
                {
                    code: 'facet-value-filter',
                    arguments: [
                        { name: 'facetValueIds', value: JSON.stringify(facetValueIds) },
                        { name: 'containsAny', value: 'true' },
                        { name: 'combineWithAnd', value: 'true' },
                    ],
                },
            ],
            translations: translations(language => ({
                name: category.name[language],
                slug: category.slug,
                description: category.description[language],
            })),
        });
        ids.set(category.id, made.id);
    }
}
