// A store as a channel: commercetools keeps stock by supply channel, and a channel has an address and a place.

import { picture } from "./files.mjs";

/** As schema.org writes them: `Mo,Tu 09:30-21:00` (https://schema.org/openingHours). */
const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

export function storeDraft(store) {
  const hours = store.hours.map((h) => `${h.days.map((day) => DAYS[day - 1]).join(",")} ${h.open}-${h.close}`);
  return {
    key: store.id,
    name: store.name,
    roles: ["InventorySupply", "ProductDistribution"],
    geoLocation: { type: "Point", coordinates: [store.longitude, store.latitude] },
    address: {
      country: store.country,
      streetName: store.street,
      postalCode: store.postcode,
      city: store.city.en,
      phone: store.phone,
    },
    custom: {
      type: { typeId: "type", key: "store" },
      fields: {
        city: store.city,
        "opening-hours": hours,
        services: store.services,
        timezone: store.timezone,
        image: picture(store.picture),
      },
    },
  };
}
