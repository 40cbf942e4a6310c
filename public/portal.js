// Every page of the portal works without this file; it spares a shop reloads, doubts and typing twice.

const $ = (selector) => document.querySelector(selector)

$('[data-error-summary]')?.focus()
$('[data-print]')?.addEventListener('click', () => print())
const sent = $('[data-sent]')
if (sent) sessionStorage.removeItem(sent.dataset.sent)
// What Back shows again may have been sent since.
addEventListener('pageshow', (event) => event.persisted && location.reload())

const cart = $('[data-cart]')
if (cart) {
  const { currency, digits, minimum, pieces, total, path, days, cart: rest } = cart.dataset
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
  const money = (amount) => new Intl.NumberFormat('en', style).format(amount / 10 ** digits)
  const fields = [...cart.querySelectorAll('[data-price]')]

  const count = () => {
    let units = +pieces
    let sum = +total
    const chosen = rest ? [rest] : []
    for (const { value, name, dataset } of fields) {
      if (!/^\s*[1-9]\d{0,5}\s*$/.test(value)) continue
      units += +value
      sum += value * dataset.price
      chosen.push(`${name.slice(1)}.${+value}`)
    }
    $('[data-sum]').textContent =
      `${units.toLocaleString('en')} piece${units === 1 ? '' : 's'} · ${money(sum)}`
    const note = $('[data-note]')
    if (note) note.textContent = sum < minimum ? `${money(minimum - sum)} to the minimum` : 'minimum reached'
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it, so a page shows it again without a script
    document.cookie = `cart=${chosen.join('_')};path=${path};max-age=${days * 86400};samesite=lax`
  }

  cart.addEventListener('input', count)
  cart.addEventListener('click', ({ target }) => {
    const { by } = target.dataset
    if (!by) return
    const field = target.parentNode.querySelector('input')
    // To the next whole case in that direction.
    const cases = field.value / by || 0
    const value = (by > 0 ? Math.floor(cases) + 1 : Math.floor(cases) + 1) * by
    field.value = Math.max(0, value) || ''
    count()
  })
}

const draft = $('[data-draft]')
if (draft) {
  const key = new URL(draft.action).pathname
  const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}')
  for (const name in kept) if (draft[name]) draft[name].value = kept[name]
  draft.addEventListener('input', ({ target: { name, value } }) => {
    kept[name] = value
    sessionStorage.setItem(key, JSON.stringify(kept))
  })
  draft.addEventListener('submit', (event) => {
    const note = $('#offline')
    note.hidden = navigator.onLine
    if (draft.dataset.busy || !navigator.onLine) event.preventDefault()
    if (!navigator.onLine) note.focus()
    else draft.dataset.busy = ''
  })
}
