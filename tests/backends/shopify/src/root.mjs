// The fields of Query and Mutation that the shop answers; anything else fails loudly.
import { GraphQLError } from 'graphql';
import { collectionsById, productByHandle, productsById, productByOwnId, stores } from './catalogue.mjs';
import { cartOf, mutations } from './change.mjs';
import { collectionOf, menu } from './collection.mjs';
import { connection } from './connection.mjs';
import { customerAccessTokenCreate, customerOf } from './customer.mjs';
import { metaobjectById, metaobjectsOf } from './extra.mjs';
import { location } from './location.mjs';
import { product, variant, variantById } from './product.mjs';
import { search } from './search.mjs';

/** Shopify refuses what is no global id of its own before it looks. */
function checked(id) {
  if (/^gid:\/\/shopify\/\w+\/[\w-]+(\?[\w=&-]*)?$/.test(id)) return id;
  throw new GraphQLError(`Invalid global id '${id}'`, { extensions: { code: 'INVALID_VARIABLE' } });
}

function node(id, market) {
  const found = variantById(checked(id));
  if (found) return variant(found.p, found.v, market);
  const record = productsById.get(id);
  if (record) return product(record, market);
  return collectionOf({ id }, market, (own) => collectionsById.get(own)) ?? locationOf(id, market) ?? metaobjectById(id, market);
}

const locationOf = (id, market) => stores.map((store) => location(store, market)).find((found) => found.id === id) ?? null;

export const query = {
  shop: () => ({ name: 'Larkspur & Finch', id: 'gid://shopify/Shop/1' }),
  localization: () => ({
    availableCountries: [['GB', 'GBP'], ['DE', 'EUR'], ['JP', 'JPY']].map(([isoCode, currency]) => ({
      isoCode,
      currency: { isoCode: currency },
    })),
  }),
  product({ handle, id }, market) {
    const record = handle != null ? productByHandle(handle) : productsById.get(checked(id));
    return record ? product(record, market) : null;
  },
  node: ({ id }, market) => node(id, market),
  nodes: ({ ids }, market) => ids.map((id) => node(id, market)),
  collection: (args, market) => collectionOf(args, market, (id) => collectionsById.get(checked(id))),
  menu: ({ handle }, market) => menu(handle, market),
  search: (args, market) => search(args, market),
  productRecommendations({ productHandle, productId, intent }, market) {
    const record = productHandle != null ? productByHandle(productHandle) : productsById.get(checked(productId));
    if (!record) return null;
    // What goes with it is the merchant's choice; Shopify's own guesses would need sales.
    return intent === 'COMPLEMENTARY' ? record.related.slice(0, 10).map((id) => product(productByOwnId(id), market)) : [];
  },
  locations: (args, market) => connection(stores, args, (store) => location(store, market)),
  metaobjects: (args, market) => connection(metaobjectsOf(args.type, market), args, (m) => m),
  cart: ({ id }, market) => cartOf(checked(id), market),
  customer: ({ customerAccessToken }) => customerOf(customerAccessToken),
};

export const mutation = { ...mutations, customerAccessTokenCreate };
