// How the shop trades: languages, currencies, countries, tax, delivery, collection, payment, codes, and one
// customer. The amounts are those of components/demo-shop/src/cart/promotion.rs.

import {
    ChannelService,
    CountryService,
    CustomerService,
    GlobalSettingsService,
    PaymentMethodService,
    PromotionService,
    ShippingMethodService,
    TaxCategoryService,
    TaxRateService,
    ZoneService,
} from '@vendure/core';
import { CURRENCIES, LANGUAGES, translations } from './catalogue.mjs';

const COUNTRIES = ['GB', 'IE', 'DE', 'AT', 'FR', 'AE', 'SA', 'JP'];

const DELIVERY = {
    GBP: { price: 395, freeFrom: 5000, codes: { WELCOME10: 3000 } },
    EUR: { price: 495, freeFrom: 6000, codes: { WELCOME10: 3500 } },
    // Hundredths of a yen: see `stored` in catalogue.mjs.
    JPY: { price: 70000, freeFrom: 1000000, codes: { WELCOME10: 600000 } },
};

const CODES = { WELCOME10: 10, STAY5: 5, WINBACK10: 10 };

const call = (code, args = {}) => ({
    code,
    arguments: Object.entries(args).map(([name, value]) => ({ name, value: String(value) })),
});

/** Languages, currencies, countries and tax; gives the tax category of everything. */
export async function ground({ app, ctx }) {
    await app.get(GlobalSettingsService).updateSettings(ctx, { availableLanguages: LANGUAGES, trackInventory: true });
    const memberIds = [];
    for (const code of COUNTRIES) {
        const name = language => new Intl.DisplayNames(language, { type: 'region' }).of(code);
        const made = await app.get(CountryService).create(ctx, {
            code,
            enabled: true,
            translations: translations(language => ({ name: name(language) })),
        });
        memberIds.push(made.id);
    }
    const zone = await app.get(ZoneService).create(ctx, { name: 'Everywhere', memberIds });
    const category = await app.get(TaxCategoryService).create(ctx, { name: 'Standard', isDefault: true });
    await app.get(TaxRateService).create(ctx, {
        name: 'VAT',
        enabled: true,
        value: 20,
        categoryId: category.id,
        zoneId: zone.id,
    });
    const channel = await app.get(ChannelService).update(ctx, {
        id: ctx.channelId,
        availableLanguageCodes: LANGUAGES,
        defaultLanguageCode: 'en',
        availableCurrencyCodes: CURRENCIES,
        defaultCurrencyCode: 'GBP',
        pricesIncludeTax: true,
        trackInventory: true,
        defaultTaxZoneId: zone.id,
        defaultShippingZoneId: zone.id,
    });
    if (channel.errorCode) {
        throw new Error(channel.message);
    }
    return category.id;
}

/** To the door, or to a store: Vendure knows no pickup, so each store is a way to ship. */
export async function delivery({ app, ctx }, stores) {
    const always = call('default-shipping-eligibility-checker', { orderMinimum: 0 });
    const named = name => translations(language => ({ name: name[language], description: '' }));
    const make = (code, calculator, name) =>
        app.get(ShippingMethodService).create(ctx, {
            code,
            fulfillmentHandler: 'manual-fulfillment',
            checker: always,
            calculator,
            translations: named(name),
        });
    await make('standard', call('delivery-by-currency', { table: JSON.stringify(DELIVERY) }), {
        en: 'Standard delivery',
        de: 'Standardversand',
        ar: 'توصيل عادي',
    });
    const free = call('default-shipping-calculator', { rate: 0, includesTax: 'include', taxRate: 20 });
    for (const store of stores.filter(store => store.services.includes('click-and-collect'))) {
        await make(`pickup-${store.id}`, free, store.name);
    }
}

/** A way to pay that needs nothing from the visitor. */
export async function payment({ app, ctx }) {
    await app.get(PaymentMethodService).create(ctx, {
        code: 'on-account',
        enabled: true,
        handler: call('dummy-payment-handler', { automaticSettle: true }),
        translations: translations(() => ({ name: 'On account', description: '' })),
    });
}

export async function codes({ app, ctx }) {
    const label = (code, percent) => ({
        en: `${code}: ${percent}% off`,
        de: `${code}: ${percent}\u00a0% Rabatt`,
        ar: `\u2068${code}\u2069: خصم \u2066${percent}%\u2069`,
    });
    for (const [couponCode, percent] of Object.entries(CODES)) {
        const name = label(couponCode, percent);
        await app.get(PromotionService).createPromotion(ctx, {
            enabled: true,
            couponCode,
            conditions: [],
            actions: [call('order_percentage_discount', { discount: percent })],
            translations: translations(language => ({ name: name[language], description: '' })),
        });
    }
}

export async function customer({ app, ctx }) {
    const ada = { firstName: 'Ada', lastName: 'Finch', emailAddress: 'ada@example.test' };
    const made = await app.get(CustomerService).create(ctx, ada, 'correct-horse-battery');
    if (made.errorCode) {
        throw new Error(made.message);
    }
}
