// The cart: its lines, its sum, and the code that the phone reads.
import { focusable, make, picture } from './items.js'

const words = document.body.dataset
const SIGNS = { less: '−', more: '+', remove: '✕' }
const SVG = 'http://www.w3.org/2000/svg'

// Dark modules as one path; the quiet zone around is four modules wide (ISO/IEC 18004).
function qr(rows, label) {
  const svg = document.createElementNS(SVG, 'svg')
  const path = document.createElementNS(SVG, 'path')
  const size = rows.length + 8
  const runs = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`))
  path.setAttribute('d', runs.join(''))
  const marks = { viewBox: `-4 -4 ${size} ${size}`, role: 'img', 'aria-label': label, class: 'qr', 'shape-rendering': 'crispEdges' }
  for (const [name, value] of Object.entries(marks)) svg.setAttribute(name, value)
  svg.append(path)
  return svg
}

export function line(item) {
  const names = make('span', 'names', make('span', 'name', item.title), item.subtitle && make('span', 'sub', item.subtitle))
  const steps = item.line.actions.map((action) => {
    const step = focusable(action, 'step', SIGNS[action.id])
    step.setAttribute('aria-label', action.title)
    return step
  })
  const less = item.line.actions[0].id === 'less' ? 1 : 0
  steps.splice(less, 0, make('span', 'quantity', String(item.line.quantity)))
  const row = make('li', 'line', focusable(item, 'goods', item.image && picture(item.image), names),
    make('span', 'steps', ...steps), make('span', 'price', item.price))
  row.dataset.row = 'line.' + item.id
  return row
}

export function panel({ cart, checkout }) {
  const letters = make('b', '', checkout.code)
  letters.dir = 'ltr'
  const sums = [...cart.rows, { label: words.total, value: cart.total }]
  const side = make('aside', 'panel', checkout.qr && qr(checkout.qr, checkout.title),
    make('h2', '', checkout.title), make('p', '', checkout.text), make('p', 'code', words.code + ' ', letters),
    make('dl', '', ...sums.flatMap(({ label, value }) => [make('dt', '', label), make('dd', '', value)])))
  side.setAttribute('aria-label', checkout.title)
  return side
}
