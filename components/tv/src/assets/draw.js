// A screen as elements. Rows are marked by data-row, what can be focused in them by data-item.
import { focusable, itemOf, make, picture, price } from './items.js'
import { line, panel } from './basket.js'
import { ask } from './fetch.js'

const words = document.body.dataset
const stage = document.getElementById('stage')
const backdrop = document.getElementById('backdrop')

const gift = (given) => given && make('p', 'given', make('b', '', given.text), ' ', given.detail)

function hero(part, { kind, given }) {
  const { image } = part
  const row = make('div', 'buttons', ...part.actions.map((item) => focusable(item, 'button', item.title)))
  row.dataset.row = 'hero'
  const text = make('div', 'words', part.kicker && make('p', 'kicker', part.kicker), make('h1', '', part.title),
    price(part), part.notes && make('p', 'notes', part.notes.join('   ·   ')), part.text && make('p', 'text', part.text), gift(given),
    part.actions.length && row)
  const upright = image && image.width < image.height
  scenery(!upright && image)
  return make('section', 'hero ' + kind, text, upright && make('div', 'portrait', picture(image, image.alt)))
}

function scenery(image) {
  backdrop.replaceChildren()
  if (!image) return
  const img = picture(image)
  img.onload = () => img.classList.add('there')
  backdrop.append(img)
}

function keyboard(keys) {
  const key = (kind) => ([name, text]) =>
    focusable({ id: name, action: { kind: 'type', text: name } }, kind, text || name)
  const broad = [[' ', words.space], ['delete', words.delete], ['clear', words.clear]]
  const rows = [...keys.rows.map((row) => row.map((letter) => key('key')([letter]))), broad.map(key('key broad'))]
  return make('section', 'keyboard', make('p', keys.text ? 'field' : 'field hint', keys.text || keys.hint),
    ...rows.map((row, place) => {
      const box = make('div', 'keys', ...row)
      Object.assign(box.dataset, { row: 'keyboard.' + place, column: 'keep' })
      return box
    }))
}

function rail(part) {
  const name = part.title && make('h2', '', part.title)
  const box = make('section', 'rail ' + part.kind, name, make('ul', 'track'))
  box.rail = part
  if (name) {
    name.id = 'rail-' + part.id
    box.setAttribute('aria-labelledby', name.id)
  }
  if (part.kind !== 'lines') Object.assign(box.dataset, { row: part.id, kind: part.kind })
  fill(box, part.items)
  if (!part.items.length && part.next) box.lastChild.append(...Array.from({ length: 7 }, () => make('li', 'ghost')))
  return box
}

function fill(box, items) {
  box.querySelectorAll('.ghost').forEach((ghost) => ghost.remove())
  const { kind } = box.rail
  box.lastChild.append(...items.map((item) => (kind === 'lines' ? line(item) : make('li', '', itemOf(item, kind)))))
}

// Fetches what follows in a row. Its items join the screen, so that Back finds them again.
export async function more(box) {
  const part = box.rail
  if (!part || !part.next || box.busy) return
  box.busy = true
  const next = await ask(part.next)
  const same = next.rails.find((known) => known.id === part.id)
  const known = new Set(part.items.map((item) => item.id))
  const fresh = same ? same.items.filter((item) => !known.has(item.id)) : []
  part.next = fresh.length ? same.next : undefined
  part.items.push(...fresh)
  fill(box, fresh)
  box.hidden = !part.items.length
  box.busy = false
}

// The rows below the keyboard, which change while the keys stay.
export function drawRails(screen) {
  const rows = document.getElementById('rows') || make('div', 'rows')
  rows.id = 'rows'
  rows.replaceChildren(...screen.rails.map(rail))
  return rows
}

export function draw(screen) {
  document.title = screen.title + ' · Larkspur & Finch'
  document.body.dataset.kind = screen.kind
  if (!screen.hero) scenery()
  const top = screen.hero ? hero(screen.hero, screen) : make('h1', 'title', screen.title)
  const keys = screen.keyboard && keyboard(screen.keyboard)
  const given = !screen.hero && gift(screen.given)
  const age = screen.as_of && make('p', 'age', screen.as_of.text)
  stage.replaceChildren(...[top, given, age, keys, drawRails(screen), screen.checkout && panel(screen)].filter(Boolean))
}
