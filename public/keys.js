// Keys for those who live in the desk. Each one follows a link or presses a button that is on the page anyway.

import Combobox from '/vendor/combobox-nav-3.0.2.js'

const SEQUENCE_MS = 1000
const TYPED_IN = 'input, select, textarea, [contenteditable]'

const isOff = () => localStorage.keys === 'off'
const linkOf = (keys) => document.querySelector(`a[aria-keyshortcuts="${CSS.escape(keys)}"]`)

let begun = ''
let begunAt = 0

document.addEventListener('keydown', (event) => {
  const { key, target, timeStamp } = event
  const act = (element, how = 'click') => {
    if (!element) return
    event.preventDefault()
    element[how]()
  }
  if (event.ctrlKey || event.metaKey) {
    if (key === 'k') openOver(event, 'Control+K')
    if (key === 'Enter') act((target.closest('form') ?? document).querySelector('main form button.primary'))
    return
  }
  // Leaves what is edited in place.
  if (key === 'Escape') act(target.closest('form')?.querySelector('[data-leave]'))
  if (event.defaultPrevented || event.altKey || target.closest(TYPED_IN) || isOff()) return
  if (key === '?') return openOver(event, key)
  if (key === '/') return act(document.querySelector('main input[type="search"]'), 'select')
  if (key === 'j' || key === 'k') return act(rowBeside(key === 'j' ? 1 : -1), 'focus')
  const keys = begun && timeStamp - begunAt < SEQUENCE_MS ? `${begun} ${key}` : key
  const link = linkOf(keys)
  begun = link ? '' : key
  begunAt = timeStamp
  act(link)
})

const rowBeside = (step) => {
  const links = [...document.querySelectorAll('main .row-link, main .picks a, main td:first-child a')]
  return links[links.indexOf(document.activeElement) + step] ?? links.at(step < 0 ? 0 : -1)
}

// The help and the palette are pages: their content opens over this one.

const openOver = async (event, keys) => {
  const link = linkOf(keys)
  if (!link) return
  event.preventDefault()
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), 'text/html')
  document.querySelector('dialog.over')?.remove()
  const dialog = document.createElement('dialog')
  dialog.className = 'over'
  dialog.ariaLabel = link.textContent.trim()
  dialog.append(page.querySelector('[data-over]'))
  dialog.addEventListener('close', () => dialog.remove())
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close())
  document.body.append(dialog)
  dialog.showModal()
  armPalette(dialog)
  armSwitch(dialog)
}

const armPalette = (dialog) => {
  const field = dialog.querySelector('input[type="search"]')
  if (!field) return
  const list = dialog.querySelector('[role="listbox"]')
  const combobox = new Combobox(field, list, { firstOptionSelectionMode: 'selected' })
  let isFresh = true
  let isChosen = false
  const choose = () => list.querySelector('[aria-selected="true"], [role="option"]')?.click()
  field.addEventListener('input', () => {
    // What is selected belongs to what was typed before: Enter waits.
    combobox.stop()
    isFresh = isChosen = false
  })
  dialog.addEventListener('htmx:after:swap', () => {
    combobox.start()
    isFresh = true
    if (isChosen) choose()
  })
  field.form.addEventListener('submit', (event) => {
    event.preventDefault()
    isChosen = true
    if (isFresh) choose()
  })
  htmx.process(dialog)
  combobox.start()
  field.focus()
}

const armSwitch = (root) => {
  const box = root.querySelector('[data-keys-switch]')
  if (!box) return
  box.hidden = false
  const field = box.querySelector('input')
  field.checked = !isOff()
  field.addEventListener('change', () => {
    localStorage.keys = field.checked ? 'on' : 'off'
  })
}
armSwitch(document)
