import { Component } from 'preact'
import type { PartProps } from '../rich/drawn-part.jsx'
import type { RichPanel } from '../rich-panel.js'
import { bringChunk } from './bring-chunk.js'
import { bringPayments } from './bring-payments.js'
import { Files } from './files.jsx'

/** Options of `RichPart`. */
export interface RichPartProps extends Omit<PartProps, 'File'> {
  panel: RichPanel
}

/** A part of a message: its words, until the chunk has come that draws links, marks, choices and cards. */
export class RichPart extends Component<RichPartProps> {
  override componentDidMount(): void {
    const { panel, part } = this.props
    if (part.type === 'payment') bringPayments(panel)
    // Without it a message still says what it says; the next one asks again.
    if (!panel.rich)
      bringChunk(panel, () => import('../rich/rich.js')).then(
        (rich) => panel.update({ rich }),
        () => {},
      )
  }

  override render({ panel, part }: RichPartProps) {
    const { rich, payments } = panel
    if (payments && part.type === 'payment') return <payments.PaymentPart panel={panel} part={part} />
    return rich ? <rich.DrawnPart {...this.props} File={Files} /> : <p dir="auto">{part.text}</p>
  }
}
