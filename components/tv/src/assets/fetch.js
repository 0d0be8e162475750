// Asks for screens: only our own, each with the market, and never without an answer.
const words = document.body.dataset
const market = document.documentElement.dataset.market
const ROOT = '/tv/screens'
const kept = new Map()

// A screen's address as the hash of this page, and back.
export const hashOf = (address) => '#' + address.slice(ROOT.length)
export const addressOf = (hash) => {
  const at = new URL(ROOT + (hash.startsWith('#/') && hash.length > 2 ? hash.slice(1) : '/home'), location.origin)
  if (!at.pathname.startsWith(ROOT + '/')) at.pathname = ROOT + '/home'
  if (!at.searchParams.has('market')) at.searchParams.set('market', market)
  return at.pathname + at.search
}

// What stands in when nothing can be reached.
const offline = () => ({
  schema: 'headwater.tv/1', kind: 'error', id: 'error-offline', title: words.error,
  hero: {
    title: words.error, text: words.offline,
    actions: [
      { id: 'retry', title: words.retry, action: { kind: 'retry' } },
      { id: 'home', title: words.home, action: { kind: 'open', screen: addressOf('') } },
    ],
  },
  rails: [], focus: { initial: 'hero/retry', order: ['hero'] },
})

async function send(address, options) {
  const stop = new AbortController()
  const late = setTimeout(() => stop.abort(), 10000)
  try {
    const answer = await fetch(address, { ...options, signal: stop.signal, credentials: 'same-origin' })
    if (answer.status === 204) return null
    const screen = await answer.json()
    return screen.schema === 'headwater.tv/1' ? screen : offline()
  } catch {
    return offline()
  } finally {
    clearTimeout(late)
  }
}

// Back shows at once what was there; a cart is always asked for anew.
export async function ask(address, again) {
  if (!again && kept.has(address)) return kept.get(address)
  const screen = await send(address, {})
  if (screen.kind !== 'error' && screen.kind !== 'cart') {
    kept.set(address, screen)
    if (kept.size > 16) kept.delete(kept.keys().next().value)
  }
  return screen
}

// What was changed may change what the shop shows: nothing is kept.
export const post = (address, body) => {
  kept.clear()
  return send(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}
