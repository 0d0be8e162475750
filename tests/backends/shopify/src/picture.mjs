// Pictures with their pixels and Shopify's resizing by address.
import { pixels } from './catalogue.mjs';

/** An `Image`; `url(transform:)` answers the address of another size. */
export function image(file, alt) {
  const { width, height } = pixels(file);
  const url = ({ transform }) => {
    const size = transform?.maxWidth ? `?width=${transform.maxWidth}` : '';
    return `https://media.larkspur.test/${file}${size}`;
  };
  return { id: `gid://shopify/ImageSource/${file}`, altText: alt, width, height, url };
}

/** The same as a file of the shop's media, which is what a metafield refers to. */
export function mediaImage(file, alt) {
  return { __typename: 'MediaImage', id: `gid://shopify/MediaImage/${file}`, alt, image: image(file, alt), mediaContentType: 'IMAGE' };
}
