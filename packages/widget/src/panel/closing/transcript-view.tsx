import { Component, createRef, type TargetedSubmitEvent } from 'preact'
import { saveFile } from '../../launcher/host-page.js'
import type { closingTexts } from '../../text/en-closing.js'
import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { DOWNLOAD, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { visitorActionsOf } from '../visitor-actions-of.js'
import { mailProblem } from './mail-problem.js'
import { Sheet } from './sheet.jsx'

/** `mail` and `download` say what is under way. */
interface State {
  email: string
  busy: 'mail' | 'download' | undefined
  sentTo: string
  problem: keyof typeof closingTexts | undefined
}

/** The conversation to keep (C13), or to be sent by mail (C14). */
export class TranscriptView extends Component<PanelProps, State> {
  override state: State = {
    email: this.props.panel.options.traits?.email ?? '',
    busy: undefined,
    sentTo: '',
    problem: undefined,
  }
  private readonly download = createRef<HTMLButtonElement>()
  private readonly field = createRef<HTMLInputElement>()

  override componentDidMount(): void {
    this.download.current?.focus()
  }

  private readonly save = async (): Promise<void> => {
    const { panel } = this.props
    const { id } = panel.client.$conversation.get()
    if (this.state.busy || id === null) return
    this.setState({ busy: 'download', problem: undefined })
    try {
      const actions = await visitorActionsOf(panel)
      saveFile(await actions.transcript(id, 'txt', panel.locale), 'transcript.txt')
      this.setState({ busy: undefined })
    } catch {
      this.setState({ busy: undefined, problem: 'didNotWork' })
    }
  }

  private readonly mail = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const { panel } = this.props
    const { id } = panel.client.$conversation.get()
    const email = this.state.email.trim()
    if (this.state.busy || id === null) return
    // The server looks again; here nobody waits for it.
    if (!/^\S+@\S+\.\S+$/.test(email)) {
      this.setState({ problem: 'mailNoAddress', sentTo: '' })
      this.field.current?.focus()
      return
    }
    this.setState({ busy: 'mail', problem: undefined, sentTo: '' })
    try {
      const actions = await visitorActionsOf(panel)
      await actions.mailTranscript(id, email, panel.locale)
      this.setState({ busy: undefined, sentTo: email })
    } catch (error) {
      this.setState({ busy: undefined, problem: mailProblem(error) })
    }
  }

  override render({ panel }: PanelProps, { email, busy, sentTo, problem }: State) {
    const { texts, settings } = panel
    const said = (
      <div id="transcript-said" role="status">
        {problem ? (
          <p class="field-fault">{texts[problem] as string}</p>
        ) : (
          sentTo && formatText(texts.transcriptSent, { email: sentTo })
        )}
      </div>
    )
    return (
      <Sheet panel={panel}>
        <p>{texts.transcriptAbout}</p>
        <button
          {...part('action')}
          class="action secondary-action"
          ref={this.download}
          type="button"
          aria-disabled={busy === 'download'}
          onClick={this.save}
        >
          <Icon shape={DOWNLOAD} size={18} />
          {texts.transcriptDownload}
        </button>
        {/* Nobody is offered what the server would refuse. */}
        {settings?.transcriptMail === false ? (
          said
        ) : (
          <form noValidate onSubmit={this.mail}>
            <label class="field-label">
              {texts.transcriptAddress}
              <input
                {...part('field')}
                class="field-input"
                ref={this.field}
                type="email"
                dir="ltr"
                autocomplete="email"
                maxLength={254}
                value={email}
                aria-invalid={problem === 'mailNoAddress'}
                aria-describedby="transcript-said"
                onInput={({ currentTarget: { value } }) => this.setState({ email: value })}
              />
            </label>
            {said}
            <button {...part('primary-action')} type="submit" aria-disabled={busy === 'mail'}>
              {texts.transcriptMail}
            </button>
          </form>
        )}
      </Sheet>
    )
  }
}
