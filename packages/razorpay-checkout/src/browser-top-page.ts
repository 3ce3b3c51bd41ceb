/** Of a try that has come to nothing, as the provider says it. */
export interface CheckoutError {
  code?: string
  description?: string
  reason?: string
  metadata?: { payment_id?: string }
}

/** What the provider's script leaves on a page. */
export type CheckoutClass = new (
  options: object,
) => {
  on(event: 'payment.failed', listener: (event: { error?: CheckoutError }) => void): void
  open(): void
}

/** The page that the window opens over. */
export type TopPage = Window & { Razorpay?: unknown }

/** The uppermost page, if it is of this site: over a frame the window would be cut off, and banks refuse to be framed. */
export function topPage(): TopPage | undefined {
  try {
    const { top } = window
    // Throws where it is of another site.
    return top?.document ? (top as TopPage) : undefined
  } catch {
    return undefined
  }
}

/** The provider's script, if it is there already, whoever has brought it. */
export function checkoutClass({ Razorpay }: TopPage): CheckoutClass | undefined {
  return typeof Razorpay === 'function' ? (Razorpay as CheckoutClass) : undefined
}

/** Tells when the page's policy has forbidden something of the provider's. */
export function onForbidden(page: TopPage, src: string, directive: string, listener: () => void): () => void {
  const { host } = new URL(src, page.document.baseURI)
  // Of `checkout.razorpay.com`, the frame is at `api.razorpay.com`.
  const site = host.replace(/^[^.]*/, '') || host
  const hear = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) => {
    // An address, or a word such as `inline`, which has no host.
    if (effectiveDirective.startsWith(directive) && blockedURI.split('/')[2]?.endsWith(site)) listener()
  }
  page.document.addEventListener('securitypolicyviolation', hear)
  return () => page.document.removeEventListener('securitypolicyviolation', hear)
}
