import { onTestFinished } from 'vitest'

/** What the window is given that a test looks at. */
interface Given {
  key: string
  order_id: string
  amount: number
  currency: string
  name: string
  prefill: object
  handler(answer: object): void
  modal: { ondismiss(): void }
}

/** A provider's window in which a test pays. */
export interface FakeRazorpay {
  /** What each window was opened with. */
  readonly opened: readonly Given[]
  /** Somebody pays in the window that was opened last. */
  claim(): void
  dismiss(): void
  /** A try fails; the window stays. */
  fail(): void
}

/** Puts a provider's script into the uppermost page, until the test is over. */
export function fakeRazorpay(): FakeRazorpay {
  const opened: Given[] = []
  const failures: ((event: object) => void)[] = []
  const page = window.top as Window & { Razorpay?: unknown }
  page.Razorpay = class {
    constructor(private readonly given: Given) {}
    on(_: string, listener: (event: object) => void) {
      failures.push(listener)
    }
    open() {
      opened.push(this.given)
    }
  }
  onTestFinished(() => {
    opened.at(-1)?.modal.ondismiss()
    page.Razorpay = undefined
  })
  return {
    opened,
    claim() {
      const { order_id: razorpay_order_id, handler } = opened.at(-1) as Given
      handler({ razorpay_order_id, razorpay_payment_id: 'pay_1', razorpay_signature: 'signed' })
    },
    dismiss: () => opened.at(-1)?.modal.ondismiss(),
    fail: () => failures.at(-1)?.({ error: { code: 'GATEWAY_ERROR', description: 'Declined' } }),
  }
}
