// Every page works without this.
const $ = (css) => document.querySelector(css)
const cart = $('#cart')
const draft = $('#draft')
const kept = sessionStorage

const count = () => {
  let { chosen, pieces, total, money, digits, least, done, cookie } = cart.dataset
  const show = (sum) => (sum / 10 ** digits).toLocaleString('en', JSON.parse(money))
  for (const { value, name, dataset } of cart) {
    if (!(value >= 1 && dataset.price)) continue
    pieces = +pieces + +value
    total = +total + value * dataset.price
    chosen += `_${name.slice(1)}.${+value}`
  }
  $('#sum').textContent = `${pieces} piece${+pieces === 1 ? '' : 's'} · ${show(total)}`
  $('#note').textContent = total - least < 0 ? `${show(least - total)} to the minimum` : done
  document.cookie = `cart=${chosen}${cookie}`
}

if (cart) {
  cart.oninput = count
  cart.onclick = ({ target }) => {
    const { by } = target.dataset
    if (!by) return
    const field = target.parentNode.children[1]
    field.value = Math.max(0, (Math.floor(field.value / by || 0) + 1) * by) || ''
    count()
  }
}

if (draft) {
  const keep = ({ name, value }) => kept.setItem(draft.action + name, value)
  for (const field of draft) {
    // A fast person types before this is loaded.
    if (field.value !== (field.defaultValue ?? field.value)) keep(field)
    field.value = kept[draft.action + field.name] ?? field.value
  }
  draft.oninput = ({ target }) => keep(target)
  draft.onsubmit = ({ submitter }) => {
    submitter.ariaBusy = $('#offline').hidden = navigator.onLine
    return navigator.onLine
  }
}

if ($('#sent')) kept.clear()
$('[data-print]')?.addEventListener('click', () => print())
