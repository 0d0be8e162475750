// Items as links and buttons. Everything is text: nothing from the shop is ever read as HTML.
import { hashOf } from './fetch.js'

export function make(name, kind, ...parts) {
  const element = document.createElement(name)
  if (kind) element.className = kind
  element.append(...parts.filter(Boolean))
  return element
}

export function picture({ url, width, height }, alt = '') {
  const img = make('img')
  Object.assign(img, { alt, width, height, src: url, onerror: () => { img.hidden = true } })
  return img
}

// What can be focused: a link where it leads somewhere, else a button.
export function focusable({ id, action }, kind, ...parts) {
  const leads = action.kind === 'open'
  const element = make(leads ? 'a' : 'button', kind, ...parts)
  if (leads) element.href = hashOf(action.screen)
  else element.type = 'button'
  element.dataset.item = id
  element.action = action
  return element
}

export const price = ({ price, was }) =>
  price && make('span', was ? 'price now' : 'price', price, was && ' ', was && make('s', '', was))

const below = (item) => item.subtitle && make('span', 'sub', item.subtitle)

function card(item, kind) {
  const shown = item.image ? picture(item.image) : make('span', 'letter', item.kind === 'banner' && /^\S{1,6}(?= )/.exec(item.title)?.[0] || [...item.title][0])
  const frame = make('span', 'frame', shown, item.badge && make('span', 'badge', item.badge))
  return focusable(item, 'card ' + kind, frame, make('span', 'name', item.title), below(item), price(item))
}

function chip(item) {
  const dot = item.swatch && make('span', 'dot')
  if (dot) dot.style.background = item.swatch
  const many = item.subtitle && make('span', 'many', item.subtitle)
  const element = focusable(item, 'chip', dot, make('span', '', item.title), many)
  if (item.kind === 'choice' && item.action.kind !== 'open') element.setAttribute('aria-pressed', !!item.selected)
  return element
}

// One item in the manner of its row.
export function itemOf(item, kind) {
  const element = kind === 'chips' ? chip(item) : card(item, kind === 'wide' ? 'wide' : 'tall')
  element.classList.toggle('gone', !!item.sold_out)
  return element
}
