import { formatMoney } from '@chatdesk/protocol'
import { keyMode } from '@chatdesk/razorpay-checkout'
import { Component, createRef } from 'preact'
import { formatCount, formatText } from '../../text/format-text.js'
import { afterDrawing } from '../after-drawing.js'
import { part } from '../anatomy.js'
import { Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { type Errand, isBusy } from './errand.js'
import { pay } from './pay.js'
import { deskOf } from './payment-desk.js'
import { isPayable, lookOf, type ShownPayment } from './shown-payment.js'

type CardProps = PanelProps & { payment: ShownPayment }

/** Whose window it is. A name is the same in every language. */
const PROVIDER = 'Razorpay'

/** A payment: how much, what for, to whom, how it stands, and one thing to press. */
export class PaymentCard extends Component<CardProps> {
  private readonly card = createRef<HTMLElement>()
  private hadFocus = false

  override componentDidMount(): void {
    const { panel, payment } = this.props
    const desk = deskOf(panel)
    desk.see(payment)
    // Another tab, or this one before it was loaded again, has begun to pay.
    if (payment.status === 'verifying') void desk.watch(payment)
  }

  override componentDidUpdate(): void {
    const { panel, payment } = this.props
    deskOf(panel).see(payment)
    // What was pressed has given way to something else.
    const card = this.card.current
    if (this.hadFocus && !this.hasFocus()) (card?.querySelector<HTMLElement>('.primary-action') ?? card)?.focus()
  }

  /** The card of the next version follows, if this one had the focus; else the page would get it. */
  override componentWillUnmount(): void {
    const { panel, payment } = this.props
    const find = (selector: string) => panel.container.querySelector<HTMLElement>(selector)
    if (this.hasFocus())
      afterDrawing(() => (find(`[data-payment="${payment.id}"]`) ?? find('[data-part="thread"]'))?.focus())
  }

  private hasFocus(): boolean {
    return this.card.current?.contains(this.props.panel.launcher.root.activeElement) ?? false
  }

  private amount(minor: number): string {
    const { panel, payment } = this.props
    return formatMoney({ minor, currency: payment.currency }, panel.locale)
  }

  /** What there is to know of it beside its state. */
  private facts(payable: boolean, { link }: Errand): string[] {
    const { panel, payment } = this.props
    const { texts, locale } = panel
    const { amountMinor, paidMinor, refundedMinor, failures, expiresAt, status } = payment
    const facts: string[] = []
    if (status === 'partially_paid')
      facts.push(formatText(texts.paymentSoFar, { paid: this.amount(paidMinor), amount: this.amount(amountMinor) }))
    if (refundedMinor > 0) facts.push(formatText(texts.paymentBack, { amount: this.amount(refundedMinor) }))
    if (!payable) return facts
    if (failures > 0) facts.push(formatCount(texts.paymentFailures, failures, locale))
    if (expiresAt) {
      const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
      facts.push(formatText(texts.paymentUntil, { moment: format.format(new Date(expiresAt)) }))
    }
    if (link) facts.push(texts.paymentElsewhere)
    return facts
  }

  /** Nobody says that it has failed: it is being found out (bug 11). */
  private said({ doing, claimed, refused }: Errand): string | false {
    const { panel, payment } = this.props
    if (refused) return panel.texts.paymentProblem
    return (doing === 'checking' || claimed || payment.status === 'verifying') && panel.texts.paymentChecking
  }

  private readonly press = (): void => {
    const { panel, payment } = this.props
    void pay(panel, payment)
  }

  private readonly watch = (): void => {
    const { panel, payment } = this.props
    void deskOf(panel).watch(payment)
  }

  private action(errand: Errand) {
    const { panel, payment } = this.props
    const { texts } = panel
    if (errand.link)
      return (
        <a class="primary-action" href={errand.link} target="_blank" rel="noopener noreferrer" onClick={this.watch}>
          {texts.paymentLink}
        </a>
      )
    return (
      <button class="primary-action" type="button" aria-disabled={isBusy(errand)} onClick={this.press}>
        {formatText(texts.paymentPay, { amount: this.amount(payment.amountMinor - payment.paidMinor) })}
      </button>
    )
  }

  override render({ panel, payment }: CardProps) {
    const { texts, team } = panel
    const desk = deskOf(panel)
    const errand = desk.errand(payment)
    const receipt = desk.receiptOf(payment)
    // Before it is drawn: afterwards, what had it may be gone.
    this.hadFocus = this.hasFocus()
    const now = Date.now()
    const payable = isPayable(payment, now)
    const [shape, key] = lookOf(payment, now)
    return (
      <article
        {...part('payment')}
        ref={this.card}
        aria-label={payment.purpose}
        tabIndex={-1}
        data-payment={payment.id}
        data-status={payment.status}
        data-payable={payable}
      >
        <p class="payment-state">
          <Icon shape={shape} size={16} />
          {texts[key]}
        </p>
        <p class="payment-amount">
          <bdi>{this.amount(payment.amountMinor)}</bdi>
        </p>
        <p class="payment-purpose">
          <bdi>{payment.purpose}</bdi>
        </p>
        {team && (
          <p class="payment-note">
            <bdi>{team}</bdi>
          </p>
        )}
        {this.facts(payable, errand).map((fact) => (
          <p key={fact} class="payment-fact">
            {fact}
          </p>
        ))}
        <p class="payment-fact" role="status">
          {this.said(errand)}
        </p>
        {receipt && (
          <p class="payment-note">
            <a href={receipt} target="_blank" rel="noopener noreferrer">
              {texts.paymentReceipt}
            </a>
          </p>
        )}
        {payable && this.action(errand)}
        {payable && (
          <p class="payment-note">
            {formatText(texts.paymentSecured, { name: PROVIDER })}
            {errand.offer && keyMode(errand.offer.keyId) === 'test' && ` · ${texts.paymentTest}`}
          </p>
        )}
      </article>
    )
  }
}
