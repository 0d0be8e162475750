// The shop's configuration. `database` is a file, `port` 0 any free one.

import { randomBytes } from 'node:crypto';
import {
    DefaultGuestCheckoutStrategy,
    DefaultLogger,
    DefaultOrderByCodeAccessStrategy,
    DefaultSearchPlugin,
    LanguageCode,
    LogLevel,
    defaultShippingCalculator,
    dummyPaymentHandler,
} from '@vendure/core';
import { deliveryByCurrency } from './delivery.mjs';
import { customFields } from './fields.mjs';

/** Pictures stay where they are: the shop only knows their addresses. */
class PicturesElsewhere {
    toAbsoluteUrl(_request, identifier) {
        return `https://media.larkspur.test/${identifier}`;
    }
}

/** Says how many pieces there are; Vendure's default only says a word. */
class ExactStock {
    getStockLevel(_ctx, _variant, saleable) {
        return String(Math.max(0, saleable));
    }
}

/** Vendure's log on stderr, so that stdout holds nothing but the settings. */
class ToStderr extends DefaultLogger {
    logMessage(prefix, message, context) {
        process.stderr.write(`${prefix} ${message}${context ? ` [${context}]` : ''}\n`);
    }
}

export function config({ database, port, create }) {
    const secret = () => randomBytes(32).toString('hex');
    return {
        defaultLanguageCode: LanguageCode.en,
        logger: new ToStderr({ level: LogLevel.Warn, timestamp: false }),
        apiOptions: {
            hostname: '127.0.0.1',
            port,
            shopApiPath: 'shop-api',
            adminApiPath: 'admin-api',
        },
        authOptions: {
            tokenMethod: ['bearer'],
            requireVerification: false,
            // Nobody signs in there: the loader runs inside the server.
            superadminCredentials: { identifier: 'superadmin', password: secret() },
            cookieOptions: { secret: secret() },
        },
        dbConnectionOptions: { type: 'better-sqlite3', database, synchronize: create, logging: false },
        customFields,
        assetOptions: { assetStorageStrategy: new PicturesElsewhere() },
        catalogOptions: { stockDisplayStrategy: new ExactStock() },
        orderOptions: {
            // As the demo shop: a cart line takes 20 pieces.
            orderLineItemsLimit: 20,
            // Who has an account may still order as a guest.
            guestCheckoutStrategy: new DefaultGuestCheckoutStrategy({
                allowGuestCheckoutForRegisteredCustomers: true,
            }),
            // An order's page stays open for a month to who knows its code; Vendure's default is 2 hours.
            orderByCodeAccessStrategy: new DefaultOrderByCodeAccessStrategy('30d'),
        },
        paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
        shippingOptions: { shippingCalculators: [defaultShippingCalculator, deliveryByCurrency] },
        plugins: [DefaultSearchPlugin.init({ indexStockStatus: true, indexCurrencyCode: true })],
    };
}
