import { ChatError } from '@chatdesk/protocol'
import { CHECKOUT_SRC, loadCheckoutScript } from './browser-checkout-script.js'
import { hideWindow, rememberPage } from './browser-remember-page.js'
import {
  type CheckoutClass,
  type CheckoutError,
  checkoutClass,
  onForbidden,
  type TopPage,
  topPage,
} from './browser-top-page.js'
import type { CheckoutOptions } from './checkout-options.js'
import { blocked, type CheckoutFailure, type CheckoutOutcome } from './checkout-outcome.js'
import { handlersAreCalled } from './handlers-are-called.js'
import { keyMode } from './key-mode.js'

/** The one window that is open in this page. */
let current: { orderId: string; outcome: Promise<CheckoutOutcome> } | undefined

/**
 * Opens the provider's window over the page, and resolves once, with what has come of it; however it ends, the page scrolls, has its
 * focus and stands in its history as before. Called in a press, and with the script there (`loadCheckoutScript`), it opens within that
 * press: a bank's window that comes later is one that browsers keep shut. The same order again is the same window.
 * Rejects with `VALIDATION_FAILED` where `orderId` or `keyId` cannot be ones of the provider's.
 */
export async function openCheckout(options: CheckoutOptions): Promise<CheckoutOutcome> {
  const { orderId, keyId } = options
  if (!/^order_[A-Za-z0-9]+$/.test(orderId)) throw invalid('orderId')
  if (!keyMode(keyId)) throw invalid('keyId')
  if (current) return current.orderId === orderId ? current.outcome : blocked('busy')
  const own = { orderId, outcome: begin(options) }
  current = own
  try {
    return await own.outcome
  } finally {
    current = undefined
  }
}

const invalid = (field: string) => new ChatError('VALIDATION_FAILED', field, { field })

/** Runs within the caller's turn as far as it can. */
async function begin(options: CheckoutOptions): Promise<CheckoutOutcome> {
  const page = topPage()
  if (!page) return blocked('framed')
  const redirect = !handlersAreCalled(page.navigator.userAgent)
  if (redirect && !options.callbackUrl) return blocked('in-app')
  if (!checkoutClass(page)) {
    const state = await loadCheckoutScript(options)
    if (state.status === 'blocked') return state
  }
  return show(page, options, redirect)
}

function show(page: TopPage, options: CheckoutOptions, redirect: boolean): Promise<CheckoutOutcome> {
  const { orderId, retry = true, src = CHECKOUT_SRC } = options
  return new Promise((resolve) => {
    const restore = rememberPage(page, () => !current)
    let failure: CheckoutFailure | undefined
    let ended = false
    const end = (outcome: CheckoutOutcome) => {
      // Only the first one counts: the window may go on talking.
      if (ended) return
      ended = true
      stop()
      page.removeEventListener('pagehide', leave)
      restore()
      resolve(outcome)
    }
    const endWithout = (outcome: CheckoutOutcome) => {
      hideWindow(page)
      end(outcome)
    }
    const dismissed = (): CheckoutOutcome => ({ status: 'dismissed', ...(failure && { failure }) })
    // A page that comes back from the cache of the browser must not stand behind a window that nobody listens to.
    const leave = () => endWithout(dismissed())
    const stop = onForbidden(page, src, 'frame-src', () => endWithout(blocked('policy')))
    page.addEventListener('pagehide', leave)
    try {
      const checkout = new (checkoutClass(page) as CheckoutClass)({
        ...optionsOf(options, redirect),
        retry: { enabled: retry },
        handler: (answer: Answer) => end(claimOf(answer, orderId) ?? dismissed()),
        modal: { ondismiss: () => end(dismissed()) },
      })
      checkout.on('payment.failed', ({ error }) => {
        failure = failureOf(error)
        // Else the window stays, and another try may go well.
        if (!retry) end(dismissed())
      })
      checkout.open()
    } catch {
      endWithout(blocked('unusable'))
    }
  })
}

/** What the window's script takes of ours. */
function optionsOf(options: CheckoutOptions, redirect: boolean): object {
  const { keyId: key, orderId: order_id, amountMinor: amount, currency, name, description, prefill } = options
  const { color, language, callbackUrl: callback_url } = options
  return {
    ...{ key, order_id, amount, currency, name, description, prefill, theme: { color } },
    // UPI by typing an address is discontinued: it would only be refused.
    config: { display: { hide: [{ method: 'upi', flows: ['collect'] }], language } },
    ...(redirect && { callback_url, redirect }),
  }
}

/** What the window hands over. */
interface Answer {
  razorpay_payment_id?: string
  razorpay_order_id?: string
  razorpay_signature?: string
}

/** A claim is of the order that was opened: of no other, whatever the window says. */
function claimOf(answer: Answer, ofOrder: string): CheckoutOutcome | undefined {
  const { razorpay_payment_id: paymentId, razorpay_order_id: orderId, razorpay_signature: signature } = answer
  return paymentId && signature && orderId === ofOrder
    ? { status: 'claimed', paymentId, orderId, signature }
    : undefined
}

const failureOf = ({ code = '', description = '', reason, metadata }: CheckoutError = {}): CheckoutFailure => ({
  ...{ code, description, reason },
  paymentId: metadata?.payment_id,
})
