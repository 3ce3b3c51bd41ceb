import type { Checkout } from '@chatdesk/protocol'
import type { ShownPayment } from './shown-payment.js'

/** What goes on about one payment in this page, beside how it stands. */
export interface Errand {
  /** Version that it is about: a newer one ends it. */
  since: number
  doing?: 'opening' | 'open' | 'checking' | undefined
  /** The window has said that somebody has paid. */
  claimed?: boolean | undefined
  /** Where it is paid, where there is no window to be had. */
  link?: string | undefined
  /** What was pressed for could not be had. */
  refused?: boolean | undefined
  /** What the last press was answered with, for the next one. */
  offer?: Extract<Checkout, { kind: 'order' }> | undefined
}

/**
 * What of an errand still goes on, as its payment stands now: news end it, unless they are that it is checked. What is paid at an
 * address is paid there as long as it can be.
 */
export function errandNow(errand: Errand | undefined, { version, status }: ShownPayment): Errand {
  if (!errand) return { since: version }
  if (errand.since >= version || errand.doing === 'open') return errand
  const isChecked = status === 'verifying' && errand.doing === 'checking'
  return isChecked ? { ...errand, since: version } : { since: version, link: errand.link }
}

/** Whether another press would come too early: somebody pays, or has just said that they have. */
export function isBusy({ doing, claimed }: Errand): boolean {
  return doing === 'opening' || doing === 'open' || (doing === 'checking' && claimed === true)
}
