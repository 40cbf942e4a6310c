// Every page works without this file; it only spares a person a click, a doubt or a double submit.

const RELATIVE_MS = 60_000
// A finger that leaves becomes a click a little later.
const CLICK_MS = 50

const QUEUED = '[hx-sync$="queue all"]'

const on = (name, react, options) => document.addEventListener(name, react, options)

// A form is on its way: its button says so, a second submit is swallowed.

const setIdle = (form) => {
  form.removeAttribute('data-busy')
  form.querySelector('[aria-busy]')?.removeAttribute('aria-busy')
}

on(
  'submit',
  (event) => {
    const { target: form, submitter } = event
    // What a field of it asked for comes first.
    const isAhead = form.querySelector(`${QUEUED}.htmx-request`)
    if (isAhead || form.hasAttribute('data-busy')) {
      event.preventDefault()
      event.stopImmediatePropagation()
      const again = () => setTimeout(() => form.requestSubmit(submitter))
      if (isAhead) form.addEventListener('htmx:finally:request', again, { once: true })
    } else if (form.method === 'post' && !form.target) {
      form.setAttribute('data-busy', '')
      submitter?.setAttribute('aria-busy', 'true')
    }
  },
  true,
)

on('htmx:finally:request', ({ target }) => target.matches?.('form') && setIdle(target))

// The back button brings a page back as it was left, with what was typed: the desk tells a form that was sent before.
addEventListener('pageshow', () => {
  document.querySelectorAll('[data-busy]').forEach(setIdle)
  countTicked()
})

// While a button is held down nothing is swapped: what moves away under the pointer is not clicked.

let release

on('pointerdown', () => {
  release = new Promise((resolve) => {
    for (const name of ['pointerup', 'pointercancel']) {
      on(name, () => setTimeout(resolve, CLICK_MS), { once: true })
    }
  })
})

on('htmx:before:request', ({ detail: { ctx } }) => {
  const { sourceElement, request } = ctx
  // By its turn an answer may have changed the form.
  if (sourceElement.matches(QUEUED)) {
    const body = new URLSearchParams(new FormData(request.form))
    body.append('do', request.body.get('do') ?? '')
    request.body = body
  }
  const ask = ctx.fetch
  ctx.fetch = async (...asked) => {
    const answer = await ask(...asked)
    const { status, headers } = answer
    const text = await answer.text()
    await release
    request.signal.throwIfAborted()
    return { status, headers, text: () => text }
  }
})

// A toast goes when it has faded (app.css).
on('animationend', ({ target }) => target.matches('.toast') && target.remove())

// "4 min ago" is soon wrong on a page that stays open: then it says when.
setInterval(() => {
  for (const time of document.querySelectorAll('time[data-relative-time]')) time.textContent = time.title
}, RELATIVE_MS)

// Papers go to the printer, links to the clipboard.

on('click', async ({ target }) => {
  const button = target.closest('[data-print], [data-copy]')
  if (!button) return
  if (!button.dataset.copy) return print()
  const field = document.getElementById(button.dataset.copy)
  field.select()
  await navigator.clipboard.writeText(field.value)
  button.lastChild.textContent = 'Copied'
})

// The button below ticked rows says how many they are, and one box ticks them all.

const BOXES = 'tbody input[type="checkbox"]'

const countTicked = () => {
  for (const form of document.querySelectorAll('form.selecting')) {
    const ticked = form.querySelectorAll(`${BOXES}:checked`).length
    const all = form.querySelector('[data-select-all]')
    all.checked = ticked === form.querySelectorAll(BOXES).length
    all.indeterminate = ticked > 0 && !all.checked
    const button = form.querySelector('[data-many]')
    if (!button || ticked === 0) continue
    const { one, many } = button.dataset
    button.textContent = ticked === 1 ? one : many.replace('#', ticked)
  }
}

on('change', ({ target }) => {
  if (target.matches('[data-select-all]')) {
    for (const box of target.form.querySelectorAll(BOXES)) box.checked = target.checked
  }
  countTicked()
})

// "Saved" is said once, not again after a reload.
const address = new URL(location)
if (address.searchParams.has('saved')) {
  address.searchParams.delete('saved')
  history.replaceState(history.state, '', address)
}

// Browsers do this for a page that loads, not for a part that is swapped in. Once each: no later swap pulls it back.
const focusNew = () => {
  const fresh = [...document.querySelectorAll('[autofocus]:not([data-focused])')]
  for (const element of fresh) element.setAttribute('data-focused', '')
  const [first] = fresh
  if (first === document.activeElement) return
  first?.focus()
  first?.select?.()
}
focusNew()

on('htmx:after:swap', () => {
  focusNew()
  countTicked()
})
