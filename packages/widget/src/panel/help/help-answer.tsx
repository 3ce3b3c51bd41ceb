import type { PublicEntry } from '@chatdesk/protocol'
import { Component } from 'preact'
import { bringChunk } from '../extras/bring-chunk.js'
import type { PanelProps } from '../panel-model.js'
import type { RichPanel } from '../rich-panel.js'

interface HelpAnswerProps extends PanelProps {
  entry: PublicEntry
}

/** An answer and where more of it stands, drawn as a message of the team would be. */
export class HelpAnswer extends Component<HelpAnswerProps> {
  override componentDidMount(): void {
    const panel = this.props.panel as RichPanel
    if (!panel.rich)
      bringChunk(panel, () => import('../rich/rich.js')).then(
        (rich) => panel.update({ rich }),
        () => {},
      )
  }

  override render({ panel, entry }: HelpAnswerProps) {
    const { rich } = panel as RichPanel
    const part = { type: 'text' as const, text: entry.url ? `${entry.answer}\n\n${entry.url}` : entry.answer }
    return (
      <article class="help-answer" lang={entry.language} tabIndex={-1}>
        <h3 dir="auto">{entry.question}</h3>
        <div class="bubble">
          {rich ? (
            <rich.DrawnPart panel={panel} part={part} message={{ own: false, parts: [part], seq: 0 }} File={NoFile} />
          ) : (
            <p dir="auto">{part.text}</p>
          )}
        </div>
      </article>
    )
  }
}

/** An answer is words. */
const NoFile = () => null
