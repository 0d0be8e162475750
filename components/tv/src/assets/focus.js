// The remote control: rows and columns, and what is focused comes into view.
import { more } from './draw.js'

const stage = document.getElementById('stage')
const columns = new Map()
const COLUMNS = 6

// Every line that the focus moves along: a grid and a keyboard are several.
function lines() {
  const all = []
  for (const row of document.querySelectorAll('[data-row]')) {
    const items = [...row.querySelectorAll('[data-item]')].filter((item) => item.closest('[data-row]') === row)
    const keep = row.dataset.kind === 'grid' || row.dataset.column === 'keep'
    const step = row.dataset.kind === 'grid' ? COLUMNS : items.length
    for (let start = 0; start < items.length; start += step) {
      all.push({ row, keep, items: items.slice(start, start + step) })
    }
  }
  return all
}

function current(all) {
  const line = all.findIndex(({ items }) => items.includes(document.activeElement))
  return [line, line < 0 ? -1 : all[line].items.indexOf(document.activeElement)]
}

export function move(x, y) {
  const all = lines()
  const [line, column] = current(all)
  if (line < 0) return all.length && focus(all[Math.min(1, all.length - 1)].items[0])
  if (x) return focus(all[line].items[column + x])
  const to = all[line + y]
  if (!to) return
  const { row } = all[line]
  columns.set(row.dataset.row, column)
  let place = to.keep ? column : columns.get(to.row.dataset.row) || 0
  if (to.row.dataset.row === 'menu') place = menuPlace(to.items)
  focus(to.items[Math.min(place, to.items.length - 1)])
}

const menuPlace = (items) => Math.max(0, items.findIndex((item) => item.getAttribute('aria-current')))

export function focus(element) {
  if (element) element.focus({ preventScroll: true })
}

// `row/item`, or the next best.
export function focusOn(path) {
  const [row, ...rest] = (path || '').split('/')
  const item = rest.join('/')
  const place = row === 'keyboard' ? 'keyboard.0' : row
  const box = [...document.querySelectorAll('[data-row]')].find((known) => known.dataset.row === place)
  const items = box ? [...box.querySelectorAll('[data-item]')] : []
  focus(items.find((known) => known.dataset.item === item) || items[0] || stage.querySelector('[data-item]'))
}

export function focused() {
  const element = document.activeElement
  const row = element && element.closest('[data-row]')
  return row && element.dataset.item !== undefined ? `${row.dataset.row}/${element.dataset.item}` : ''
}

export const forget = () => columns.clear()

const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize)

function top(element) {
  let y = 0
  for (let part = element; part && part !== stage; part = part.offsetParent) y += part.offsetTop
  return y
}

function slide(track, item) {
  const rtl = document.documentElement.dir === 'rtl'
  const start = rtl ? track.offsetWidth - item.offsetLeft - item.offsetWidth : item.offsetLeft
  const whole = track.scrollWidth - track.clientWidth
  const shift = Math.max(0, Math.min(start, whole))
  track.style.transform = `translate3d(${rtl ? shift : -shift}px,0,0)`
}

// The focused row stands below the bar; the focused item at the row's beginning.
function reveal(event) {
  const item = event.target
  const row = item.closest('[data-row]')
  if (!row || !stage.contains(row)) {
    document.body.classList.remove('deep')
    stage.style.transform = ''
    return
  }
  const inRow = row.querySelectorAll('.track > li')
  if (row.dataset.kind && row.dataset.kind !== 'grid') slide(row.querySelector('.track'), item.parentElement)
  const target = row.dataset.kind === 'grid' ? item : row
  const whole = stage.scrollHeight - innerHeight
  const start = top(target)
  // What can be seen from the top stays there.
  const from = start + target.offsetHeight < innerHeight - 2 * rem() ? 0 : start - 10.5 * rem()
  const y = Math.max(0, Math.min(from, whole))
  stage.style.transform = `translate3d(0,${-y}px,0)`
  document.body.classList.toggle('deep', y > 2 * rem())
  stage.parentElement.scrollTop = 0
  columns.set(row.dataset.row, [...row.querySelectorAll('[data-item]')].indexOf(item))
  nearby(row, item, inRow)
}

function nearby(row, item, inRow) {
  const place = [...inRow].indexOf(item.parentElement)
  if (row.rail && place > inRow.length - 8) more(row)
  const rails = [...stage.querySelectorAll('.rail')]
  const at = rails.indexOf(row)
  rails.slice(at + 1, at + 4).filter((box) => box.rail && !box.rail.items.length).forEach(more)
}

document.addEventListener('focusin', reveal)
