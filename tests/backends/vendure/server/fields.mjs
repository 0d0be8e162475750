// What the demo shop's catalogue says and Vendure has no field for. These are custom fields, Vendure's own
// way to say more: docs.vendure.io, "Custom Fields". The adapter reads them under these names.

import { LanguageCode, Product } from '@vendure/core';

const named = text => [{ languageCode: LanguageCode.en, value: text }];
const swatch = { name: 'swatch', type: 'string', nullable: true, label: named('Colour as #rrggbb') };

export const customFields = {
    Product: [
        { name: 'summary', type: 'localeString', nullable: true, label: named('One line') },
        // A JSON list of {id, name, value}: a struct field cannot be translated.
        { name: 'attributes', type: 'localeText', nullable: true, label: named('Facts for a table') },
        { name: 'looks', type: 'string', list: true, label: named('Looks that it is part of') },
        // The names that Vendure's own example of a reviews plugin uses.
        { name: 'reviewRating', type: 'float', nullable: true, label: named('Mean of 1 to 5 stars') },
        { name: 'reviewCount', type: 'int', nullable: true, label: named('How many reviews') },
        { name: 'related', type: 'relation', entity: Product, list: true, label: named('Goes with') },
    ],
    ProductVariant: [
        {
            name: 'listPrices',
            type: 'struct',
            list: true,
            label: named('Prices before a reduction, in minor units with tax'),
            fields: [
                { name: 'currencyCode', type: 'string' },
                { name: 'amount', type: 'int' },
            ],
        },
    ],
    ProductOption: [swatch],
    FacetValue: [swatch],
};
