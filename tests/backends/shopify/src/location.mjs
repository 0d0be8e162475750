// Locations that offer pickup. A location has no translations and no hours of its own: metafields hold them.
import { idOf } from './catalogue.mjs';
import { metafields } from './metafield.mjs';
import { mediaImage } from './picture.mjs';

export function location(record, market) {
  const say = (text) => text[market.language];
  return {
    __typename: 'Location',
    id: idOf(record),
    name: record.name.en,
    address: {
      address1: record.street,
      address2: null,
      city: record.city.en,
      country: 'United Kingdom',
      countryCode: record.country,
      zip: record.postcode,
      latitude: record.latitude,
      longitude: record.longitude,
      phone: record.phone,
      formatted: [record.street, record.city.en, record.postcode],
    },
    ...metafields({
      'custom.handle': () => ['single_line_text_field', record.slug],
      'custom.name': () => ['single_line_text_field', say(record.name)],
      'custom.city': () => ['single_line_text_field', say(record.city)],
      'custom.hours': () => ['json', JSON.stringify(record.hours)],
      'custom.timezone': () => ['single_line_text_field', record.timezone],
      'custom.services': () => ['list.single_line_text_field', JSON.stringify(record.services)],
      'custom.picture': () => ['file_reference', record.picture, mediaImage(record.picture, say(record.name))],
    }),
  };
}
