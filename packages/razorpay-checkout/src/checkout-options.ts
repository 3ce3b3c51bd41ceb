import type { ScriptOptions } from './browser-checkout-script.js'

/** What the window shows. All of it comes from the caller's server: nothing of an amount is decided in a page. */
export interface CheckoutOptions extends ScriptOptions {
  /** The public key, `rzp_test_…` or `rzp_live_…`. The secret belongs into no page. */
  keyId: string
  /** Of the order that the caller's server has made, `order_…`: what is paid without one goes back by itself. */
  orderId: string
  /** As the order says, in the smallest unit of the currency. The provider refuses any other. */
  amountMinor: number
  /** ISO 4217. */
  currency: string
  /** Who is paid. */
  name: string
  /** What for. */
  description?: string
  /** What is known of who pays. A `contact` begins with `+` and the country. */
  prefill?: { name?: string | undefined; email?: string | undefined; contact?: string | undefined }
  /** Colour of the window's own buttons, `#rrggbb`. */
  color?: string
  /** Of the window's texts, `en` or `hi`. What the provider does not speak is English. */
  language?: string
  /** Whether the window offers another try after a failure. Default: true. */
  retry?: boolean
  /**
   * Where a browser that calls no handlers brings the whole page, by POST, with the same three fields or with `error[code]`. It may
   * say in its query whose payment it is. Without it such a browser is `blocked`.
   */
  callbackUrl?: string
}
