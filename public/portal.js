// Every page of the portal works without this file: it counts, and keeps what was typed.

const $ = (selector) => document.querySelector(selector)
const cart = $('[data-cart]')
const draft = $('[data-draft]')
const kept = sessionStorage

$('[data-error-summary]')?.focus()
$('[data-print]')?.addEventListener('click', () => print())
if ($('[data-sent]')) kept.clear()
// What Back shows again may have been sent since.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload())

const count = () => {
  const { currency, digits, minimum, pieces, total, path, days } = cart.dataset
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
  const money = (amount) => (amount / 10 ** digits).toLocaleString('en', style)
  let [units, sum, chosen] = [+pieces, +total, cart.dataset.cart]
  for (const { value, name, dataset } of cart.querySelectorAll('[data-price]')) {
    if (!(value >= 1)) continue
    units += +value
    sum += value * dataset.price
    chosen += `_${name.slice(1)}.${+value}`
  }
  $('[data-sum]').textContent = `${units.toLocaleString('en')} piece${units === 1 ? '' : 's'} · ${money(sum)}`
  const note = $('[data-note]')
  if (note) note.textContent = sum < minimum ? `${money(minimum - sum)} to the minimum` : 'minimum reached'
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it too
  document.cookie = `cart=${chosen};path=${path};max-age=${days * 86400};samesite=lax`
}

cart?.addEventListener('input', count)
cart?.addEventListener('click', ({ target }) => {
  const { by } = target.dataset
  if (!by) return
  const field = target.parentNode.querySelector('input')
  // To the next whole case in that direction.
  field.value = Math.max(0, (Math.floor(field.value / by || 0) + 1) * by) || ''
  count()
})

for (const field of draft?.elements ?? []) field.value = kept[draft.action + field.name] ?? field.value
draft?.addEventListener('input', ({ target }) => {
  kept[draft.action + target.name] = target.value
})
draft?.addEventListener('submit', (event) => {
  $('#offline').hidden = navigator.onLine
  if (navigator.onLine) event.submitter.ariaBusy = 'true'
  else event.preventDefault()
})
