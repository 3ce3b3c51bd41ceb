import { isBlank, LIMITS } from '@chatdesk/protocol'
import { Component, createRef, type TargetedKeyboardEvent } from 'preact'
import { DRAFT, keep, recall } from '../../launcher/browser-tab-memory.js'
import { part } from '../anatomy.js'
import type { FullPanelProps } from '../full-panel.js'
import { Icon, SEND } from '../icon.js'

/** Characters before the limit at which the counter appears. */
const COUNTER_FROM = 500
/** Code that browsers give to keys which belong to an input method; Safari sends it after the composition has ended. */
const IME_KEY_CODE = 229

/** Where the visitor writes. */
export class Composer extends Component<FullPanelProps, { text: string }> {
  private readonly input = createRef<HTMLTextAreaElement>()
  override state = { text: recall(this.props.panel.options, DRAFT) }

  override componentDidMount(): void {
    this.fit()
  }

  override componentDidUpdate({ panel }: FullPanelProps, { text }: { text: string }): void {
    if (text !== this.state.text || panel.open !== this.props.panel.open) this.fit()
  }

  /** Makes the box as high as its text. */
  private fit(): void {
    const box = this.input.current as HTMLTextAreaElement
    // Measured from nothing, because a box never reports less than its own height.
    box.style.height = '0'
    box.style.height = `${box.scrollHeight}px`
  }

  private write(text: string): void {
    this.setState({ text })
    keep(this.props.panel.options, DRAFT, text)
  }

  /** What would be sent, if that is possible. */
  private content(send?: () => void) {
    const { panel } = this.props
    const { text } = this.state
    return panel.files?.withFiles(panel, text, send) ?? (isSendable(text) && text)
  }

  private readonly send = (): void => {
    const { client } = this.props.panel
    const content = this.content(this.send)
    if (!content) return
    const before = client.$timeline.get()
    // A refused message stays in the thread with a way on; one that never got there stays here.
    client.sendMessage(content).catch(() => {})
    if (client.$timeline.get() === before) return
    this.write('')
    client.setTyping(false)
  }

  private readonly onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    const composing = event.isComposing || event.keyCode === IME_KEY_CODE
    if (event.key !== 'Enter' || event.shiftKey || composing) return
    event.preventDefault()
    this.send()
  }

  override render() {
    const { panel } = this.props
    const { client, texts, extras, teamNote } = panel
    const { text } = this.state
    const left = LIMITS.textLength - text.length
    const reopens = client.$conversation.get().status === 'resolved'
    return (
      <form
        {...part('composer')}
        onSubmit={(event) => {
          event.preventDefault()
          this.input.current?.focus()
          this.send()
        }}
      >
        {extras && <extras.Files panel={panel} />}
        <textarea
          {...part('input')}
          ref={this.input}
          rows={1}
          dir={text ? 'auto' : undefined}
          enterkeyhint="send"
          aria-label={texts.composerLabel}
          aria-invalid={left < 0}
          placeholder={teamNote?.placeholder ?? (reopens ? texts.composerReopen : texts.composerPlaceholder)}
          value={text}
          onInput={({ currentTarget: { value } }) => {
            this.write(value)
            client.setTyping(value !== '')
          }}
          onBlur={() => client.setTyping(false)}
          onKeyDown={this.onKeyDown}
        />
        {extras && <extras.ComposerTools panel={panel} />}
        <button {...part('send')} type="submit" aria-label={texts.send} aria-disabled={!this.content()}>
          <Icon shape={SEND} />
        </button>
        {extras && left <= COUNTER_FROM && <extras.CharacterCounter panel={panel} left={left} />}
      </form>
    )
  }
}

function isSendable(text: string): boolean {
  return !isBlank(text) && text.length <= LIMITS.textLength
}
