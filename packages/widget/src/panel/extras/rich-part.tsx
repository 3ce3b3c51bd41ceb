import type { MessageView } from '@chatdesk/core'
import type { MessagePart } from '@chatdesk/protocol'
import { Component } from 'preact'
import type { PanelProps } from '../panel-model.js'
import { bringChunk } from './bring-chunk.js'

/** Options of `RichPart`. */
export interface RichPartProps extends PanelProps {
  part: MessagePart
  message: Pick<MessageView, 'own' | 'parts'>
}

/** A part of a message: its words, until the chunk has come that draws links, marks, choices and cards. */
export class RichPart extends Component<RichPartProps> {
  override componentDidMount(): void {
    const { panel } = this.props
    // Without it a message still says what it says; the next one asks again.
    if (!panel.rich)
      bringChunk(panel, () => import('../rich/rich.js')).then(
        (rich) => panel.update({ rich }),
        () => {},
      )
  }

  override render({ panel, part }: RichPartProps) {
    const { rich } = panel
    return rich ? <rich.DrawnPart {...this.props} /> : <p dir="auto">{part.text}</p>
  }
}
