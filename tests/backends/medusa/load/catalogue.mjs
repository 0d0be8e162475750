// The demo shop's catalogue as its files hold it, and the ways in which Medusa wants its words and prices.
import { readFileSync } from "node:fs"

const folder = new URL("../../../../fixtures/catalogue/", import.meta.url)
const read = (file) => JSON.parse(readFileSync(new URL(file, folder), "utf8"))

export const products = ["fashion", "tech", "home", "gifts"].flatMap((part) => read(`products/${part}.json`))
export const categories = read("categories.json")
export const reviews = read("reviews.json")
export const stores = read("stores.json")

/** Countries that each currency is used in; the first names the region. */
export const markets = [
  { currency: "gbp", name: "United Kingdom", countries: ["gb"], tax: 20 },
  { currency: "eur", name: "Euro area", countries: ["de", "at", "be", "es", "fr", "ie", "it", "nl"], tax: 19 },
  { currency: "jpy", name: "Japan", countries: ["jp"], tax: 10 },
]

/** Locale of each language of the catalogue; English is what the records themselves hold. */
export const translated = { de: "de-DE", ar: "ar-GB" }

/** Medusa's amounts are decimal major units; the files hold minor units. */
export const major = (minor, currency) => (currency === "jpy" ? minor : minor / 100)

/** `{GBP: 1250, …}` as Medusa's price list. */
export const prices = (record, rest = {}) =>
  markets.map(({ currency }) => ({
    amount: major(record[currency.toUpperCase()], currency),
    currency_code: currency,
    ...rest,
  }))

export const media = (file) => `https://media.larkspur.test/${file}`

/** Translations of one record: `fields` maps Medusa's field to a text in every language. */
export const translations = (reference, reference_id, fields) =>
  Object.entries(translated).map(([language, locale_code]) => ({
    reference,
    reference_id,
    locale_code,
    translations: Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, text[language]])),
  }))
