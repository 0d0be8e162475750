// The page: one screen at a time, named by the hash, driven by a remote control.
import { addressOf, ask, hashOf, post } from './fetch.js'
import { draw, drawRails } from './draw.js'
import { focus, focusOn, focused, forget, move } from './focus.js'

const words = document.body.dataset
const page = document.documentElement
const toast = document.getElementById('toast')
const count = document.getElementById('count')
const clock = document.getElementById('clock')
let shown = null
let turn = 0
let typing = 0
// What a dialog lies over, and whether one was asked for.
let below = null
let asked = false

const say = (text) => {
  toast.textContent = text
  toast.classList.add('up')
  clearTimeout(say.later)
  say.later = setTimeout(() => toast.classList.remove('up'), 4000)
}

function basket(screen) {
  if (!screen.cart) return
  count.textContent = screen.cart.count
  count.hidden = !screen.cart.count
}

function paint(screen, path) {
  shown = screen
  page.lang = screen.language || page.lang
  page.dir = screen.direction || page.dir
  for (const link of document.querySelectorAll('.menu a')) {
    link.toggleAttribute('aria-current', link.dataset.item === screen.kind)
    if (link.dataset.item === screen.kind) link.setAttribute('aria-current', 'page')
  }
  basket(screen)
  draw(screen)
  focusOn(path || screen.focus.initial)
}

// Shows the screen of the hash. What was focused there before is focused again.
async function go(again) {
  const mine = ++turn
  document.body.classList.add('busy')
  const screen = await ask(addressOf(location.hash), again)
  if (mine !== turn) return
  document.body.classList.remove('busy')
  if (!again) forget()
  paint(screen, (history.state && history.state.focus) || (again ? focused() : ''))
}

const remember = () => history.replaceState({ focus: focused() }, '')

// Another screen in place of this one; the focus stays where it is.
async function swap(address) {
  const path = focused()
  history.replaceState({ focus: path }, '', hashOf(address))
  const mine = ++turn
  const screen = await ask(address)
  if (mine === turn) paint(screen, path)
}

async function change({ to, body }) {
  const path = focused()
  document.body.classList.add('busy')
  const screen = await post(to, body)
  document.body.classList.remove('busy')
  if (screen.kind === 'error') return say(screen.error ? screen.error.message : screen.hero.text)
  if (screen.kind === 'dialog') {
    say(screen.title)
    return go(true)
  }
  if (shown.kind === 'cart') return paint(screen, path)
  if (shown.kind === 'dialog') {
    paint(screen)
    location.hash = screen.deep_link.tv.slice(4)
    return
  }
  basket(screen)
  say(`${words.added}  ·  ${screen.cart.total}`)
}

function type(key) {
  const keys = shown.keyboard
  const letters = [...keys.text]
  if (key === 'clear') keys.text = ''
  else if (key === 'delete') keys.text = letters.slice(0, -1).join('')
  else if (letters.length < 60) keys.text += key
  const field = document.querySelector('.field')
  field.textContent = keys.text || keys.hint
  field.classList.toggle('hint', !keys.text)
  clearTimeout(typing)
  typing = setTimeout(find, 250)
}

async function find() {
  const { search, text } = shown.keyboard
  const address = search + encodeURIComponent(text.trim())
  const mine = ++turn
  const screen = await ask(address)
  if (mine !== turn || screen.kind === 'error') return
  screen.keyboard.text = text
  shown = screen
  history.replaceState({ focus: focused() }, '', hashOf(address))
  drawRails(screen)
}

function back() {
  if (shown && shown.kind !== 'home') history.length > 1 ? history.back() : (location.hash = '#/home')
  else focus(document.querySelector('.menu [data-item]'))
}

// Whoever goes back from home or the cart with goods in it may be leaving. The shop hears of it once a session, and
// decides what it means.
async function leave() {
  const from = shown
  if (from && from.kind === 'dialog' && below) {
    paint(below.screen, below.path)
    return back()
  }
  if (asked || count.hidden || !from || !['home', 'cart'].includes(from.kind)) return back()
  asked = true
  const path = focused()
  const dialog = await post('/tv/screens/leaving?market=' + page.dataset.market, {})
  if (shown !== from) return
  if (!dialog || dialog.kind !== 'dialog') return back()
  below = { screen: from, path }
  paint(dialog)
}

const ACTS = {
  swap: ({ screen }) => swap(screen),
  post: change,
  type: ({ text }) => type(text),
  back: leave,
  retry: () => go(true),
}

document.addEventListener('click', (event) => {
  const element = event.target.closest('[data-item]')
  if (!element) return
  if (element.tagName === 'A') remember()
  const act = element.action && ACTS[element.action.kind]
  if (act) act(element.action)
})

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
// Back on Tizen, webOS, browsers and set-top boxes.
const BACK = new Set(['Backspace', 'Escape', 'GoBack', 'BrowserBack', 'XF86Back'])

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const way = MOVES[event.key]
  if (way) {
    event.preventDefault()
    move(page.dir === 'rtl' ? -way[0] : way[0], way[1])
  } else if (event.key === 'Backspace' && shown && shown.keyboard && shown.keyboard.text) {
    event.preventDefault()
    type('delete')
  } else if (BACK.has(event.key) || event.keyCode === 10009 || event.keyCode === 461) {
    event.preventDefault()
    leave()
  } else if (shown && shown.keyboard && [...event.key].length === 1 && event.key !== ' ') type(event.key)
})

function tick() {
  const zone = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  clock.textContent = new Date().toLocaleTimeString(page.lang, zone)
}

addEventListener('hashchange', () => go())
setInterval(tick, 10000)
// A cart that is paid for on the phone empties here too.
setInterval(async () => {
  if (!shown || shown.kind !== 'cart') return
  const screen = await ask(addressOf('#/cart'))
  if (shown.kind === 'cart' && screen.cart && (screen.cart.count !== shown.cart.count || screen.cart.total !== shown.cart.total)) paint(screen, focused())
}, 15000)
tick()
go().then(() => ask(addressOf('#/cart'))).then(basket)
