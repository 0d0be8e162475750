// What delivery costs: a price and a threshold by currency, and a lower threshold for who has a code.
// Vendure's own calculator knows one rate only.

import { LanguageCode, ShippingCalculator } from '@vendure/core';

export const deliveryByCurrency = new ShippingCalculator({
    code: 'delivery-by-currency',
    description: [{ languageCode: LanguageCode.en, value: 'A price by currency, free from a subtotal on' }],
    args: {
        // {"GBP": {"price": 395, "freeFrom": 5000, "codes": {"WELCOME10": 3000}}, …} in minor units
        table: { type: 'string', ui: { component: 'json-editor-form-input' } },
    },
    calculate: (ctx, order, { table }) => {
        const row = JSON.parse(table)[order.currencyCode];
        if (!row) {
            return undefined;
        }
        // Before reductions, so that a code never makes an order dearer.
        const subtotal = order.lines.reduce((sum, line) => sum + line.linePriceWithTax, 0);
        const thresholds = order.couponCodes.map(code => row.codes[code.toUpperCase()] ?? row.freeFrom);
        const free = subtotal >= Math.min(row.freeFrom, ...thresholds) || subtotal === 0;
        return { price: free ? 0 : row.price, taxRate: 20, priceIncludesTax: true };
    },
});
