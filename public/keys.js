// Keys for those who live in the desk. Each one follows a link or presses a button that is on the page anyway.

import Combobox from '/vendor/combobox-nav-3.0.2.js'

const SEQUENCE_MS = 1000
const SEARCH_DELAY_MS = 150
const SWITCH = 'keys'

const isTyping = ({ target }) => target.closest('input, select, textarea, [contenteditable]') !== null
const isOff = () => localStorage.getItem(SWITCH) === 'off'

let begun = ''
let begunAt = 0

document.addEventListener('keydown', (event) => {
  if (event.key === 'k' && (event.ctrlKey || event.metaKey)) return openDialog(event, 'Control+K')
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return pressPrimary(event)
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || isOff())
    return
  if (event.key === '?') return openDialog(event, '?')
  if (event.key === '/') return focusSearch(event)
  if (event.key === 'j' || event.key === 'k') return moveInList(event, event.key === 'j' ? 1 : -1)
  const keys = event.timeStamp - begunAt < SEQUENCE_MS && begun ? `${begun} ${event.key}` : event.key
  const link = document.querySelector(`a[aria-keyshortcuts="${CSS.escape(keys)}"]`)
  begun = link ? '' : event.key
  begunAt = event.timeStamp
  if (link) {
    event.preventDefault()
    link.click()
  }
})

const focusSearch = (event) => {
  const field = document.querySelector('main input[type="search"]')
  if (!field) return
  event.preventDefault()
  field.select()
}

const moveInList = (event, step) => {
  const links = [...document.querySelectorAll('main .row-link, main .picks a, main td:first-child a')]
  if (links.length === 0) return
  event.preventDefault()
  const at = links.indexOf(document.activeElement)
  links[Math.min(Math.max(at === -1 && step < 0 ? 0 : at + step, 0), links.length - 1)].focus()
}

const pressPrimary = (event) => {
  const form = event.target.closest('form') ?? document.querySelector('main form:has(.button.primary)')
  const button = form?.querySelector('button.primary')
  if (!button) return
  event.preventDefault()
  button.click()
}

// The help and the palette are pages; here their content opens over this one.

const openDialog = async (event, keys) => {
  const link = document.querySelector(`a[aria-keyshortcuts="${CSS.escape(keys)}"]`)
  if (!link) return
  event.preventDefault()
  document.querySelector('dialog.over')?.remove()
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), 'text/html')
  const dialog = document.createElement('dialog')
  dialog.className = 'over'
  dialog.setAttribute('aria-label', link.textContent.trim())
  dialog.append(page.querySelector('[data-over]'))
  document.body.append(dialog)
  dialog.addEventListener('close', () => dialog.remove())
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close())
  dialog.showModal()
  armPalette(dialog)
  armSwitch(dialog)
}

const armPalette = (dialog) => {
  const field = dialog.querySelector('input[type="search"]')
  const list = dialog.querySelector('[role="listbox"]')
  if (!field || !list) return
  const combobox = new Combobox(field, list, { firstOptionSelectionMode: 'selected' })
  let shown = field.value
  const refresh = async () => {
    const typed = field.value
    const url = new URL(field.form.action)
    url.searchParams.set(field.name, typed)
    const answer = await (await fetch(url)).text()
    if (field.value !== typed) return
    const found = new DOMParser().parseFromString(answer, 'text/html').querySelector('[role="listbox"]')
    list.replaceChildren(...found.children)
    shown = typed
    combobox.start()
  }
  let timer
  field.addEventListener('input', () => {
    // What is selected belongs to what was typed before: Enter waits for the answer.
    combobox.stop()
    clearTimeout(timer)
    timer = setTimeout(refresh, SEARCH_DELAY_MS)
  })
  field.form.addEventListener('submit', async (event) => {
    event.preventDefault()
    clearTimeout(timer)
    if (shown !== field.value) await refresh()
    list.querySelector('[aria-selected="true"], [role="option"]')?.click()
  })
  combobox.start()
  field.focus()
}

const armSwitch = (root) => {
  const box = root.querySelector('[data-keys-switch]')
  if (!box) return
  box.hidden = false
  const field = box.querySelector('input')
  field.checked = !isOff()
  field.addEventListener('change', () => localStorage.setItem(SWITCH, field.checked ? 'on' : 'off'))
}
armSwitch(document)
