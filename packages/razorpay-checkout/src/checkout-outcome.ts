/** Why the provider's window cannot be had here. Whoever is told so offers a payment link in its place. */
export type BlockedReason =
  /** Its script did not come: no network, or something on this device keeps it away. */
  | 'network'
  /** Its script did not come in time. */
  | 'timeout'
  /** The page's Content-Security-Policy forbids its script or its frame. */
  | 'policy'
  /** This page stands in a frame of another site's, where the window would be cut off. */
  | 'framed'
  /** This browser never tells a page how it went, and there is no address to come back to. */
  | 'in-app'
  /** Another order is being paid in this page. */
  | 'busy'
  /** What came is no checkout, or it refused to open. */
  | 'unusable'

/** Why the last try has come to nothing, in the provider's words, in English. */
export interface CheckoutFailure {
  code: string
  description: string
  /** `payment_cancelled`, `card_declined`, … */
  reason?: string | undefined
  /** Of the try, where the provider has named it. */
  paymentId?: string | undefined
}

/** What has come of one opening: exactly one of these. None of them says that anything was paid: that the server finds out. */
export type CheckoutOutcome =
  /** The window says that somebody has paid, and has signed it. The server checks the signature, and asks the provider. */
  | { status: 'claimed'; paymentId: string; orderId: string; signature: string }
  /** The window is gone and has said nothing more. Money may still have come in, or come in later: ask the server. */
  | { status: 'dismissed'; failure?: CheckoutFailure }
  | { status: 'blocked'; reason: BlockedReason }

/** Says why there is no window. */
export const blocked = (reason: BlockedReason) => ({ status: 'blocked', reason }) as const
