import type { ErasureReceipt } from '@chatdesk/protocol'
import { Component, createRef } from 'preact'
import { saveFile } from '../../launcher/host-page.js'
import { formatCount, formatText } from '../../text/format-text.js'
import { afterDrawing } from '../after-drawing.js'
import { part } from '../anatomy.js'
import { DOWNLOAD, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { visitorActionsOf } from '../visitor-actions-of.js'
import { Question } from './question.jsx'
import { Sheet } from './sheet.jsx'

interface State {
  /** How often the visitor has said that they want everything deleted. */
  asked: 0 | 1 | 2
  busy: boolean
  failed: boolean
  receipt: ErasureReceipt | undefined
}

/** What is kept of the visitor: to take along (W7), or to delete, which is asked twice (W8). */
export class OwnDataView extends Component<PanelProps, State> {
  override state: State = { asked: 0, busy: false, failed: false, receipt: undefined }
  private readonly first = createRef<HTMLButtonElement>()

  override componentDidMount(): void {
    this.first.current?.focus()
  }

  private readonly cancel = (): void => {
    this.setState({ asked: 0 })
    afterDrawing(() => this.first.current?.focus())
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    if (this.state.busy) return
    this.setState({ busy: true, failed: false })
    try {
      await act()
      this.setState({ busy: false })
    } catch {
      this.setState({ busy: false, failed: true })
    }
  }

  private readonly download = () =>
    this.attempt(async () => {
      const actions = await visitorActionsOf(this.props.panel)
      const text = JSON.stringify(await actions.exportData(), null, 2)
      saveFile(new Blob([text], { type: 'application/json' }), 'my-data.json')
    })

  private readonly erase = () =>
    this.attempt(async () => {
      const actions = await visitorActionsOf(this.props.panel)
      const receipt = await actions.deleteData()
      this.setState({ asked: 0, receipt })
    })

  private question(asked: 1 | 2) {
    const { texts } = this.props.panel
    return asked === 1 ? (
      <Question
        key="first"
        question={texts.deleteQuestion}
        yes={texts.deleteYes}
        no={texts.questionCancel}
        busy={false}
        onYes={() => this.setState({ asked: 2 })}
        onNo={this.cancel}
      />
    ) : (
      <Question
        key="second"
        question={texts.deleteLast}
        yes={texts.deleteForGood}
        no={texts.questionCancel}
        busy={this.state.busy}
        onYes={this.erase}
        onNo={this.cancel}
      />
    )
  }

  private choices() {
    const { texts } = this.props.panel
    return (
      <>
        <p>{texts.ownDataAbout}</p>
        <button
          {...part('action')}
          class="action secondary-action"
          ref={this.first}
          type="button"
          aria-disabled={this.state.busy}
          onClick={this.download}
        >
          <Icon shape={DOWNLOAD} size={18} />
          {texts.ownDataDownload}
        </button>
        <button
          {...part('action')}
          class="action secondary-action"
          data-danger="true"
          type="button"
          onClick={() => this.setState({ asked: 1 })}
        >
          {texts.ownDataDelete}
        </button>
      </>
    )
  }

  /** What was removed. */
  private removed(receipt: ErasureReceipt) {
    const { texts, locale } = this.props.panel
    return (
      <>
        <p>{formatCount(texts.deleted, receipt.conversations, locale)}</p>
        {!receipt.complete && <p>{texts.deletedPartly}</p>}
        <p class="receipt">{formatText(texts.deletedReceipt, { id: receipt.receiptId })}</p>
      </>
    )
  }

  override render({ panel }: PanelProps, { asked, failed, receipt }: State) {
    const { texts } = panel
    return (
      <Sheet panel={panel}>
        {!receipt && (asked ? this.question(asked) : this.choices())}
        <div role="status">
          {receipt && this.removed(receipt)}
          {failed && <p class="field-fault">{texts.didNotWork}</p>}
        </div>
      </Sheet>
    )
  }
}
