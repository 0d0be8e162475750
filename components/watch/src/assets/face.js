// One glance on one face. Everything is text: nothing from the shop is ever read as HTML.
const SVG = 'http://www.w3.org/2000/svg'

function make(name, kind, text) {
  const element = document.createElement(name)
  if (kind) element.className = kind
  if (text) element.textContent = text
  return element
}

function draw(name, attributes) {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

// How much of the ring is lit: an order's progress, else how long the glance holds.
function share(glance) {
  if (glance.progress !== undefined) return glance.progress / 100
  const left = (Date.parse(glance.valid_until) - Date.now()) / 1000
  const whole = glance.kind === 'offer' ? 86400 : glance.refresh_after_s
  return Math.max(0.02, Math.min(1, left / whole))
}

function ring(glance) {
  const svg = draw('svg', { viewBox: '0 0 240 240', class: 'ring', 'aria-hidden': 'true' })
  const circle = { cx: 120, cy: 120, r: 109, pathLength: 100 }
  svg.append(draw('circle', { cx: 120, cy: 120, r: 109, class: 'ticks', pathLength: 180 }))
  svg.append(draw('circle', { ...circle, class: 'way' }))
  const lit = draw('circle', { ...circle, class: 'lit', 'stroke-dasharray': '0 100', transform: 'rotate(-90 120 120)' })
  svg.append(lit)
  requestAnimationFrame(() => requestAnimationFrame(() => lit.setAttribute('stroke-dasharray', `${share(glance) * 100} 100`)))
  return svg
}

function middle(glance) {
  const box = make('div', 'middle')
  if (glance.image) {
    const img = make('img')
    Object.assign(img, { src: glance.image.url, width: glance.image.width, height: glance.image.height, alt: '' })
    box.append(img)
    return box
  }
  const icon = draw('svg', { class: 'icon', 'aria-hidden': 'true' })
  icon.append(draw('use', { href: '#i-' + glance.kind }))
  box.append(icon)
  return box
}

export function show(screen, glance) {
  const article = screen.querySelector('.glance')
  article.className = 'glance ' + glance.kind
  if (glance.language) {
    article.lang = glance.language
    article.dir = glance.direction
  }
  const dial = make('div', 'dial')
  dial.append(ring(glance), middle(glance))
  const tap = make('a', 'tap')
  tap.href = /^https?:\/\//.test(glance.tap) ? glance.tap : '/'
  tap.append(make('h2', 'title', glance.title), dial)
  if (glance.value && glance.kind !== 'order' && glance.kind !== 'pickup') tap.append(make('p', 'value', glance.value))
  tap.append(make('p', 'text', glance.text))
  const age = glance.as_of ? glance.as_of.text : ''
  const detail = [glance.kind === 'order' || glance.kind === 'pickup' ? glance.value : '', glance.detail, age]
  const line = detail.filter(Boolean).join(' · ')
  if (line) tap.append(make('p', 'detail', line))
  article.replaceChildren(tap)
}

export function dots(screen, count, place) {
  const row = screen.querySelector('.dots')
  row.replaceChildren(...Array.from({ length: count }, (_, i) => make('span', i === place ? 'on' : '')))
}
