import { Component, createRef } from 'preact'
import { onPageWake } from '../../launcher/host-page.js'
import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'
import { PaymentCard } from './payment-card.jsx'
import { deskOf } from './payment-desk.js'

/** All that the visitor has been asked to pay, in whatever conversation: the newest first (M2). */
export class PaymentList extends Component<PanelProps> {
  private readonly list = createRef<HTMLDivElement>()
  private stop = () => {}

  override componentDidMount(): void {
    this.list.current?.focus()
    this.load()
    // Whoever comes back from a page where they have paid; no log of this tab tells of other conversations.
    this.stop = onPageWake(this.load)
  }

  /** The focus goes back to the menu, from which it was opened. */
  override componentWillUnmount(): void {
    this.stop()
    this.props.panel.container.querySelector<HTMLElement>('[data-action="menu"]')?.focus()
  }

  private readonly load = (): void => deskOf(this.props.panel).load()

  override render({ panel }: PanelProps) {
    const { texts } = panel
    const desk = deskOf(panel)
    const { list, failed } = desk
    return (
      <div {...part('payments')} ref={this.list} tabIndex={-1} aria-busy={!failed && !list}>
        <div role="status">{failed ? texts.paymentsFailed : list?.length === 0 && texts.paymentsNone}</div>
        {failed && (
          <button class="secondary-action" type="button" onClick={this.load}>
            {texts.retry}
          </button>
        )}
        {list && list.length > 0 && (
          <ul>
            {list.map((payment) => (
              <li key={payment.id}>
                <PaymentCard panel={panel} payment={desk.newest(payment)} />
              </li>
            ))}
          </ul>
        )}
      </div>
    )
  }
}
