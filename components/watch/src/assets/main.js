// The page: asks for all glances, shows one, and asks again when the earliest says so.
import { dots, show } from './face.js'

const words = document.body.dataset
const page = document.documentElement
const screens = [...document.querySelectorAll('[data-screen]')]
let glances = []
let place = 0

const offline = () => ({
  kind: 'error', title: words.error, text: words.offline, tap: '/', refresh_after_s: 60,
  valid_until: new Date(Date.now() + 60000).toISOString(),
})

async function ask() {
  let again = 60
  try {
    const answer = await fetch('/watch/glances?market=' + encodeURIComponent(page.dataset.market))
    const said = await answer.json()
    if (said.schema !== 'headwater.watch/1') throw new TypeError(said.schema)
    glances = said.glances || [said]
    again = said.refresh_after_s
  } catch {
    glances = [offline()]
  }
  const now = document.getElementById('updated')
  now.textContent = time()
  paint()
  // Never more often than once a minute, whatever an answer says.
  setTimeout(ask, Math.max(60, again) * 1000)
}

function paint() {
  if (!glances.length) return
  place = (place + glances.length) % glances.length
  for (const screen of screens) {
    show(screen, glances[place])
    dots(screen, glances.length, place)
  }
}

function turn(by) {
  place += by
  for (const screen of screens) {
    screen.classList.remove('forth', 'back')
    void screen.offsetWidth
    screen.classList.add(by > 0 ? 'forth' : 'back')
  }
  paint()
}

const time = () => new Date().toLocaleTimeString(page.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const tick = () => document.querySelectorAll('.clock').forEach((clock) => { clock.textContent = time() })

const ahead = () => (page.dir === 'rtl' ? -1 : 1)
document.getElementById('next').onclick = () => turn(1)
document.getElementById('previous').onclick = () => turn(-1)
document.addEventListener('keydown', (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1, ArrowRight: ahead(), ArrowLeft: -ahead() }[event.key]
  if (!by) return
  event.preventDefault()
  turn(by)
})

// A finger or a wheel turns like a crown, one glance at a time.
let from = null
let still = 0
for (const screen of screens) {
  screen.addEventListener('pointerdown', (event) => { from = [event.clientX, event.clientY] })
  screen.addEventListener('pointerup', (event) => {
    if (!from) return
    const [x, y] = [event.clientX - from[0], event.clientY - from[1]]
    from = null
    if (Math.hypot(x, y) > 40) turn(Math.abs(x) > Math.abs(y) ? (x < 0 ? ahead() : -ahead()) : y < 0 ? 1 : -1)
  })
  screen.addEventListener('dragstart', (event) => event.preventDefault())
  screen.addEventListener('wheel', (event) => {
    event.preventDefault()
    if (Date.now() - still < 350) return
    still = Date.now()
    turn(event.deltaY > 0 ? 1 : -1)
  }, { passive: false })
}

place = Number(new URLSearchParams(location.search).get('at')) || 0
tick()
setInterval(tick, 5000)
ask()
