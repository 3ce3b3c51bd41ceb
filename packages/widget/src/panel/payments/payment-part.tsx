import { formatMoney, type MessagePart, readPart } from '@chatdesk/protocol'
import { Component } from 'preact'
import type { PanelModel, PanelProps } from '../panel-model.js'
import { PaymentCard } from './payment-card.jsx'
import { deskOf } from './payment-desk.js'
import { fromPart, lookOf } from './shown-payment.js'

type PartProps = PanelProps & { part: MessagePart }

/** The newest version of a payment that this conversation tells of (M1). */
function newestTold({ client }: PanelModel, intentId: string): number {
  const told = client.$timeline
    .get()
    .flatMap((entry) => (entry.type === 'message' ? entry.parts : []))
    .map((part) => (part.type === 'payment' && part.intentId === intentId ? part.version : -1))
  return Math.max(...told)
}

/** What a message tells of a payment: a card where it is the newest that is told of it, and a line where it is history. */
export class PaymentPart extends Component<PartProps> {
  /** The list, and what of it is new, follow the log. */
  override componentDidMount(): void {
    const { panel, part } = this.props
    const desk = deskOf(panel)
    const known = readPart(part)
    if (known.type !== 'payment') return
    const listed = desk.list?.find(({ id }) => id === known.intentId)
    if (!listed || listed.version < known.version) desk.load()
  }

  override render({ panel, part }: PartProps) {
    const known = readPart(part)
    if (known.type !== 'payment') return <p dir="auto">{part.text}</p>
    const payment = fromPart(known)
    if (newestTold(panel, payment.id) <= payment.version)
      return <PaymentCard panel={panel} payment={deskOf(panel).newest(payment)} />
    // As it was then: what was to be paid has not expired because time has passed.
    const [, key] = lookOf(payment, Number.NEGATIVE_INFINITY)
    return (
      <p class="payment-line">
        {panel.texts[key]} ·{' '}
        <bdi>{formatMoney({ minor: payment.amountMinor, currency: payment.currency }, panel.locale)}</bdi>
      </p>
    )
  }
}
