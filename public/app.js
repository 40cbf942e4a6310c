// Every page works without this file; it only spares a person a click, a doubt or a double submit.

const TOAST_MS = 8000
const RELATIVE_TIME_TICK_MS = 30_000
const COUNTED_HOURS = 12

// Once each: a later swap elsewhere on the page must not pull the focus back.
const focusErrorSummary = () => {
  const summary = document.querySelector('[data-error-summary]:not([data-focused])')
  summary?.setAttribute('data-focused', '')
  summary?.focus()
}

// Browsers do this for a page that loads, not for a part that was swapped in.
const focusNewest = () => {
  const field = document.querySelector('[autofocus]:not([data-focused])')
  field?.setAttribute('data-focused', '')
  field?.focus()
  field?.select?.()
}

// A form is on its way: its button says so, and a second submit is swallowed.

const setBusy = (form, submitter, isBusy) => {
  form.toggleAttribute('data-busy', isBusy)
  if (!submitter) return
  submitter.disabled = isBusy
  if (isBusy) submitter.setAttribute('aria-busy', 'true')
  else submitter.removeAttribute('aria-busy')
}

const submitterOf = (form) => form.querySelector('button[type="submit"][aria-busy]')

document.addEventListener(
  'submit',
  (event) => {
    if (event.target.hasAttribute('data-busy')) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
  },
  { capture: true },
)

document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method !== 'post' || form.target) return
  form.setAttribute('data-busy', '')
  // Later, because a disabled button's own name and value would be left out of what is being sent.
  setTimeout(() => setBusy(form, event.submitter, true))
})

// The back button can bring a page back as it was left.
addEventListener('pageshow', (event) => {
  // What was saved has its id; saved once more with other contents it would count as the same.
  if (event.persisted && document.querySelector('form[data-busy] [name="changeId"]')) location.reload()
  for (const form of document.querySelectorAll('form[data-busy]')) setBusy(form, submitterOf(form), false)
})

const formOf = (event) => {
  const source = event.detail?.ctx?.sourceElement
  return source?.matches('form[method="post"], form[hx-post]') ? source : undefined
}

document.addEventListener('htmx:before:request', (event) => {
  const form = formOf(event)
  if (form)
    setBusy(form, event.detail.ctx.request.submitter ?? form.querySelector('button[type="submit"]'), true)
})

document.addEventListener('htmx:finally:request', (event) => {
  const form = formOf(event)
  if (form) setBusy(form, submitterOf(form), false)
})

// Toasts leave by themselves, but not while somebody reads or reaches for them.

const armToast = (toast) => {
  if (toast.hasAttribute('data-armed')) return
  toast.setAttribute('data-armed', '')
  let timer
  const leave = () => {
    toast.classList.add('leaving')
    timer = setTimeout(() => toast.remove(), 250)
  }
  const hold = () => {
    clearTimeout(timer)
    toast.classList.remove('leaving')
  }
  const wait = () => {
    hold()
    if (!toast.matches(':hover, :focus-within')) timer = setTimeout(leave, TOAST_MS)
  }
  for (const name of ['pointerenter', 'focusin']) toast.addEventListener(name, hold)
  for (const name of ['pointerleave', 'focusout']) toast.addEventListener(name, () => setTimeout(wait))
  wait()
}

const armToasts = () => document.querySelectorAll('[data-toast]').forEach(armToast)

// "4 min ago" stays true while the page stays open.

const refreshTimes = () => {
  for (const time of document.querySelectorAll('time[data-relative-time]')) {
    if (!/now$|ago$/.test(time.textContent.trim())) continue
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60_000)
    if (minutes >= COUNTED_HOURS * 60) time.textContent = time.title
    else if (minutes >= 60) time.textContent = `${Math.floor(minutes / 60)} h ago`
    else if (minutes >= 1) time.textContent = `${minutes} min ago`
  }
}

setInterval(refreshTimes, RELATIVE_TIME_TICK_MS)
document.addEventListener('visibilitychange', () => document.hidden || refreshTimes())

// Papers go to the printer, links to the clipboard.

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-print], [data-copy]')
  if (!button) return
  if (button.hasAttribute('data-print')) return print()
  const field = document.getElementById(button.dataset.copy)
  field.select()
  await navigator.clipboard.writeText(field.value)
  button.lastChild.textContent = 'Copied'
})

// The button below ticked rows says how many they are, and one box ticks them all.

const countTicked = () => {
  for (const form of document.querySelectorAll('form.selecting')) {
    const boxes = [...form.querySelectorAll('tbody input[type="checkbox"]')]
    const ticked = boxes.filter((box) => box.checked).length
    const all = form.querySelector('[data-select-all]')
    all.checked = ticked === boxes.length
    all.indeterminate = ticked > 0 && ticked < boxes.length
    const button = form.querySelector('[data-many]')
    if (button && ticked > 0) {
      button.textContent = ticked === 1 ? button.dataset.one : button.dataset.many.replace('#', ticked)
    }
  }
}

document.addEventListener('change', ({ target }) => {
  if (target.matches('[data-select-all]')) {
    for (const box of target.form.querySelectorAll('tbody input[type="checkbox"]')) {
      box.checked = target.checked
    }
  }
  if (target.form?.matches('.selecting')) countTicked()
})

// The back button brings the ticks back.
addEventListener('pageshow', countTicked)
document.addEventListener('htmx:after:swap', countTicked)

// Esc leaves what is edited in place.

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') event.target.closest('form')?.querySelector('[data-leave]')?.click()
})

// "Saved" is said once, not again after a reload.
const address = new URL(location.href)
if (address.searchParams.has('saved')) {
  address.searchParams.delete('saved')
  history.replaceState(history.state, '', address)
}

document.addEventListener('htmx:after:swap', () => {
  focusNewest()
  focusErrorSummary()
  armToasts()
})

focusErrorSummary()
armToasts()
