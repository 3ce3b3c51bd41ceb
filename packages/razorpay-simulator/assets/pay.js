// The inside of the checkout, and the page of a link: one chooses how a payment goes, and it goes so.
const page = document.querySelector('main').dataset.page
const linkId = location.pathname.split('/')[2]
const hostOrigin = new URLSearchParams(location.search).get('origin')
/** How often a payment is asked after that waits for its bank, in milliseconds. */
const ASK_EVERY = 500
let options = {}

const byId = (id) => document.getElementById(id)
const say = (text) => {
  byId('message').textContent = text
}
const tellHost = (message) => {
  if (page === 'checkout' && hostOrigin) parent.postMessage(message, hostOrigin)
}

async function ask(path, body) {
  const response = await fetch(path, body ? { method: 'POST', body: JSON.stringify(body) } : {})
  return response.json()
}

function inWords(amount, currency) {
  const format = new Intl.NumberFormat('en-IN', { style: 'currency', currency })
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits)
}

/** One attempt, as the page it is on makes it. */
function attempt(how) {
  if (page === 'link') {
    const { valueAsNumber } = byId('card').elements.amount
    const part = byId('part').hidden || Number.isNaN(valueAsNumber) ? {} : { amount: valueAsNumber }
    return ask(`/checkout/links/${linkId}/attempts`, { ...part, ...how })
  }
  const { key, order_id, amount, currency, description, prefill, notes } = options
  const texts = Object.entries(notes ?? {}).map(([name, value]) => [name, String(value)])
  return ask('/checkout/attempts', {
    key,
    ...(order_id ? { order_id } : { amount: Number(amount), currency: currency ?? 'INR' }),
    ...(description ? { description } : {}),
    ...(prefill?.email ? { email: prefill.email } : {}),
    ...(prefill?.contact ? { contact: prefill.contact } : {}),
    ...(texts.length > 0 ? { notes: Object.fromEntries(texts) } : {}),
    ...how,
  })
}

/** Shows what an attempt came to, and tells the page that has the checkout. */
function finish(result) {
  const isGood = result.ok && (result.status === 'captured' || result.status === 'authorized')
  if (isGood && page === 'link') {
    say('Paid. Thank you.')
    if (result.redirect) location.assign(result.redirect)
    return
  }
  if (isGood) {
    tellHost({ type: 'success', payment: result })
    return
  }
  if (result.error) {
    say(`${result.error.description} You may try again.`)
    tellHost({ type: 'failed', error: result.error })
    return
  }
  say('Waiting for the bank…')
  setTimeout(() => askAfter(result), ASK_EVERY)
}

async function askAfter(result) {
  const { status } = await ask(`/checkout/payments/${result.paymentId}`)
  if (status === 'created') setTimeout(() => askAfter(result), ASK_EVERY)
  else say(status === 'failed' ? 'The bank did not answer. You may try again.' : 'The bank has answered.')
}

const chosen = {
  success: async () => finish(await attempt({ outcome: 'success' })),
  fail: async () => finish(await attempt({ outcome: byId('reason').value })),
  'fail-then-succeed': async () => {
    finish(await attempt({ outcome: byId('reason').value }))
    finish(await attempt({ outcome: 'success' }))
  },
  'bank-window': async () => {
    const bank = open('about:blank', '_blank', 'popup')
    if (!bank) {
      say('The browser kept the window of the bank shut.')
      return
    }
    bank.close()
    finish(await attempt({ outcome: 'success' }))
  },
  silent: async () => finish(await attempt({ outcome: 'silent' })),
  'close-late': async () => {
    await attempt({ outcome: 'late' })
    tellHost({ type: 'close' })
  },
  drop: async () => {
    await attempt({ outcome: 'success' })
    say('The network is gone. Nobody heard how it went.')
  },
  twice: async () => {
    await attempt({ outcome: 'soon' })
    finish(await attempt({ outcome: 'success' }))
  },
  close: async () => tellHost({ type: 'close' }),
}

async function showCheckout() {
  const query = new URLSearchParams({ key: options.key })
  if (options.order_id) query.set('order_id', options.order_id)
  if (options.amount !== undefined) query.set('amount', options.amount)
  const { order, error } = await ask(`/checkout/preferences?${query}`)
  byId('merchant').textContent = options.name || 'Checkout'
  if (options.theme?.color) document.documentElement.style.setProperty('--brand', options.theme.color)
  if (options.prefill?.name) byId('card').elements.name.value = options.prefill.name
  byId('merchant').focus()
  if (error) {
    finish({ ok: false, error })
    return
  }
  const shown = order ?? { amount_due: Number(options.amount), currency: options.currency ?? 'INR' }
  byId('amount').textContent = inWords(shown.amount_due, shown.currency)
}

async function showLink() {
  const link = await ask(`/checkout/links/${linkId}`)
  if (!link.id) {
    say('There is no such payment link.')
    return
  }
  byId('merchant').textContent = link.description || 'Payment link'
  byId('amount').textContent = inWords(link.amount - link.amount_paid, link.currency)
  byId('part').hidden = !link.accept_partial
  if (link.status !== 'created' && link.status !== 'partially_paid') say(`This payment link is ${link.status}.`)
}

document.addEventListener('click', ({ target }) => chosen[target.dataset.outcome]?.())
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') tellHost({ type: 'escape' })
})
byId('card').addEventListener('submit', async (event) => {
  event.preventDefault()
  const { number, name, otp } = event.target.elements
  finish(await attempt({ card: { number: number.value, name: name.value }, otp: otp.value }))
})
if (page === 'link') void showLink()
else {
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== hostOrigin || source !== parent || data?.type !== 'options') return
    options = data.options
    void showCheckout()
  })
  tellHost({ type: 'ready' })
}
