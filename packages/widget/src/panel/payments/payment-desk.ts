import { callServer } from '@chatdesk/core/visitor-actions'
import type { VisitorPayment } from '@chatdesk/protocol'
import { isPageVisible } from '../../launcher/host-page.js'
import type { PanelModel } from '../panel-model.js'
import { type Errand, errandNow } from './errand.js'
import { keepChecking } from './keep-checking.js'
import type { ShownPayment } from './shown-payment.js'

/** The payments of one visitor: what is known of them, and what goes on about them in this page. */
export class PaymentDesk {
  /** Newest first; null until it was loaded. */
  list: readonly VisitorPayment[] | null = null
  /** Whether it could not be loaded. */
  failed = false
  /** As it was drawn last. */
  panel: PanelModel
  /** The newest of each that anybody has said. */
  private readonly known = new Map<string, ShownPayment>()
  /** Paths on the server, which only its own answers tell. */
  private readonly receipts = new Map<string, string>()
  private readonly errands = new Map<string, Errand>()
  /** Up to which version each was looked at here. */
  private readonly seen = new Map<string, number>()
  /** Of these, what the server is yet to be told. */
  private unsaid = new Map<string, number>()
  private readonly watches = new Map<string, symbol>()
  private isWanted = false
  private isLoading = false

  constructor(panel: PanelModel) {
    this.panel = panel
  }

  /** Calls `/api/widget/payments<path>`. */
  async call<Answer>(path: string, body?: object, method = 'POST'): Promise<Answer> {
    const { client } = this.panel
    if (!client.getToken()) await client.start()
    const response = await callServer(client.port, `/payments${path}`, { method, body })
    return (response.status === 204 ? undefined : await response.json()) as Answer
  }

  /** Loads all of them anew. Whoever asks while that goes on may know more than its answer will: it is asked once more then. */
  load(): void {
    this.isWanted = true
    if (!this.isLoading) void this.loadWhileWanted()
  }

  private async loadWhileWanted(): Promise<void> {
    this.isLoading = true
    while (this.isWanted) {
      this.isWanted = false
      try {
        const { payments } = await this.call<{ payments: VisitorPayment[] }>('', undefined, 'GET')
        this.list = payments
        for (const payment of payments) this.take(payment)
      } catch {
        // What is there stays.
      }
    }
    this.isLoading = false
    this.failed = this.list === null
    this.changed()
  }

  /** Draws what has changed. */
  private changed(): void {
    this.panel.update({})
  }

  /** The newest that is known of a payment: what the server has answered may be newer than the log, and the other way round. */
  newest(payment: ShownPayment): ShownPayment {
    const known = this.known.get(payment.id)
    return known && known.version > payment.version ? known : payment
  }

  private learn(payment: ShownPayment): void {
    this.known.set(payment.id, this.newest(payment))
  }

  /** Takes the server's answer to something that was asked of one payment. */
  answered({ payment }: { payment: VisitorPayment }): void {
    this.take(payment)
    this.changed()
  }

  private take(payment: VisitorPayment): void {
    this.learn(payment)
    if (payment.receipt) this.receipts.set(payment.id, payment.receipt.path)
  }

  /** Where a payment's receipt is read; undefined: there is none yet, or nobody has said so. */
  receiptOf({ id }: ShownPayment): string | undefined {
    const path = this.receipts.get(id)
    return path && this.panel.client.port.link.url + path
  }

  /** What goes on about a payment. */
  errand(payment: ShownPayment): Errand {
    return errandNow(this.errands.get(payment.id), this.newest(payment))
  }

  /** Says what goes on. */
  set(payment: ShownPayment, changes: Partial<Errand>): void {
    this.errands.set(payment.id, { ...this.errand(payment), ...changes })
    this.changed()
  }

  /** Ends what was done in a window. What has become known meanwhile is history: news are what comes after the version answered with. */
  settle(payment: ShownPayment): number {
    const { version } = this.newest(payment)
    const { since, offer } = this.errand(payment)
    this.set(payment, { doing: undefined, since: version, offer: version > since ? undefined : offer })
    return version
  }

  /**
   * Asks the server for a minute how a payment stands, or until there are news. Rejects never.
   *
   * @param since the version that is none.
   */
  async watch(payment: ShownPayment, since = this.newest(payment).version): Promise<void> {
    const { id } = payment
    const isClear = () => {
      const { version, status } = this.newest(payment)
      return version > since && status !== 'verifying'
    }
    if (this.errand(payment).doing === 'checking' || isClear()) return
    const own = Symbol()
    this.watches.set(id, own)
    this.set(payment, { doing: 'checking', refused: undefined })
    await keepChecking({
      check: async () => {
        // Who looks elsewhere is told by the log.
        if (this.panel.open) this.answered(await this.call(`/${id}/check`))
      },
      isOver: () => isClear() || this.watches.get(id) !== own || !this.panel.container.isConnected,
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    })
    if (this.watches.get(id) === own && this.errand(payment).doing === 'checking')
      this.set(payment, { doing: undefined })
  }

  /** Whoever comes next may be somebody else: nothing is asked any more (threat 13). */
  forget(): void {
    this.watches.clear()
  }

  /** A payment is drawn: whoever looks at the panel has seen how it stands. */
  see(payment: ShownPayment): void {
    this.learn(payment)
    const { id, version } = payment
    if (!this.panel.open || !isPageVisible() || this.hasSeen(payment)) return
    this.seen.set(id, version)
    // All that is drawn at a time is said at once.
    if (this.unsaid.size === 0) queueMicrotask(() => this.saySeen())
    this.unsaid.set(id, version)
  }

  private saySeen(): void {
    const payments = [...this.unsaid].map(([id, version]) => ({ id, version }))
    this.unsaid = new Map()
    this.changed()
    // What could not be said is said when it is drawn the next time.
    this.call('/seen', { payments }).catch(() => {
      for (const { id } of payments) this.seen.delete(id)
    })
  }

  private hasSeen({ id, version }: ShownPayment): boolean {
    return (this.seen.get(id) ?? -1) >= version
  }

  /** How many the visitor has not seen as they stand now, on whatever device. */
  get unseen(): number {
    return this.list?.filter((payment) => !payment.seen && !this.hasSeen(payment)).length ?? 0
  }
}

const desks = new WeakMap<object, PaymentDesk>()

/** The desk of a panel's visitor. */
export function deskOf(panel: PanelModel): PaymentDesk {
  const { client } = panel
  const desk = desks.get(client) ?? openDesk(panel)
  desk.panel = panel
  return desk
}

function openDesk(panel: PanelModel): PaymentDesk {
  const { client } = panel
  const desk = new PaymentDesk(panel)
  desks.set(client, desk)
  const stop = client.port.$forgotten.listen(() => {
    stop()
    desk.forget()
    desks.delete(client)
  })
  return desk
}
