import { Component } from 'preact'
import type { PanelProps } from '../panel-model.js'
import { Question } from './question.jsx'
import { Sheet } from './sheet.jsx'

interface State {
  busy: boolean
  failed: boolean
}

/** Ends the chat, once its visitor has said that they mean it (C4). */
export class EndView extends Component<PanelProps, State> {
  override state: State = { busy: false, failed: false }

  private readonly leave = (): void => this.props.panel.update({ view: null })

  private readonly end = async (): Promise<void> => {
    if (this.state.busy) return
    this.setState({ busy: true, failed: false })
    try {
      await this.props.panel.client.end()
      this.leave()
    } catch {
      this.setState({ busy: false, failed: true })
    }
  }

  override render({ panel }: PanelProps, { busy, failed }: State) {
    const { texts } = panel
    return (
      <Sheet panel={panel}>
        <Question
          question={texts.endQuestion}
          about={texts.endAbout}
          yes={texts.endChat}
          no={texts.questionCancel}
          busy={busy}
          onYes={this.end}
          onNo={this.leave}
        />
        <div role="status">{failed && <p class="field-fault">{texts.endFailed}</p>}</div>
      </Sheet>
    )
  }
}
