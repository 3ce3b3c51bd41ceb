import type { Checkout, VisitorPayment } from '@chatdesk/protocol'
import { openCheckout } from '@chatdesk/razorpay-checkout'
import { hasPress, openTab, pageNonce } from '../../launcher/host-page.js'
import type { PanelModel } from '../panel-model.js'
import { isBusy } from './errand.js'
import { deskOf, type PaymentDesk } from './payment-desk.js'
import type { ShownPayment } from './shown-payment.js'

type Order = Extract<Checkout, { kind: 'order' }>

/**
 * Pays: in the provider's window over the page, or at an address where there is no window to be had. What comes of it, only the server
 * says; here, it is asked. Rejects never.
 */
export async function pay(panel: PanelModel, payment: ShownPayment): Promise<void> {
  const desk = deskOf(panel)
  const errand = desk.errand(payment)
  if (isBusy(errand)) return
  desk.set(payment, { doing: 'opening', refused: undefined })
  try {
    // What is known already opens within the press.
    await follow(desk, payment, errand.offer ?? (await askFor(desk, payment, {})))
  } catch {
    desk.set(payment, { doing: undefined, refused: true })
  }
}

const askFor = (desk: PaymentDesk, { id }: ShownPayment, how: { blocked?: true }) =>
  desk.call<Checkout>(`/${id}/checkout`, how)

async function follow(desk: PaymentDesk, payment: ShownPayment, checkout: Checkout): Promise<void> {
  switch (checkout.kind) {
    case 'closed':
      desk.set(payment, { doing: undefined })
      return desk.answered(checkout)
    case 'link':
      return offerLink(desk, payment, checkout.url)
    case 'order':
      return open(desk, payment, checkout)
  }
}

/** A link is there to be pressed, and opens by itself where the browser lets it. */
async function offerLink(desk: PaymentDesk, payment: ShownPayment, url: string): Promise<void> {
  // Nothing else is followed, whoever has said it.
  if (!/^https?:\/\//.test(url)) throw new Error('no web address')
  desk.set(payment, { doing: undefined, link: url })
  if (!hasPress()) return
  openTab(url)
  await desk.watch(payment)
}

async function open(desk: PaymentDesk, payment: ShownPayment, offer: Order): Promise<void> {
  desk.set(payment, { doing: 'open', offer, claimed: undefined })
  const outcome = await openBelow(desk.panel, offer)
  // The log may have told of tries that failed in it.
  const since = desk.settle(payment)
  switch (outcome.status) {
    case 'blocked': {
      // Another one is being paid in its window: that one first.
      if (outcome.reason === 'busy') throw new Error('busy')
      desk.set(payment, { doing: 'opening' })
      // From now on it is paid at an address.
      const other = await askFor(desk, payment, { blocked: true })
      if (other.kind === 'order') throw new Error('blocked')
      return follow(desk, payment, other)
    }
    case 'claimed': {
      const { paymentId, signature } = outcome
      desk.set(payment, { claimed: true })
      await desk.call<{ payment: VisitorPayment }>(`/${payment.id}/claim`, { paymentId, signature }).then(
        (answer) => desk.answered(answer),
        // What does not arrive, the server finds out by itself.
        () => {},
      )
      return desk.watch(payment, since)
    }
    case 'dismissed':
      return desk.watch(payment, since)
  }
}

/** Opens the provider's window, with the widget below the page meanwhile, and so below the window, wherever that stands (bug 20). */
function openBelow({ launcher, locale, options }: PanelModel, offer: Order) {
  const { style } = launcher.root.host as HTMLElement
  const before = style.zIndex
  style.zIndex = '-1'
  const { kind, scriptUrl, ...order } = offer
  return openCheckout({
    ...order,
    ...{ language: locale.slice(0, 2), nonce: options.styleNonce || pageNonce() },
    ...(scriptUrl && { src: scriptUrl }),
  }).finally(() => {
    style.zIndex = before
  })
}
