import { Component, createRef } from 'preact'
import { part } from '../anatomy.js'

interface QuestionProps {
  question: string
  about?: string
  yes: string
  no: string
  busy: boolean
  onYes(): void
  onNo(): void
}

/** Asks before something is done. The focus is on the harmless answer. */
export class Question extends Component<QuestionProps> {
  private readonly no = createRef<HTMLButtonElement>()

  override componentDidMount(): void {
    this.no.current?.focus()
  }

  override render({ question, about, yes, no, busy, onYes, onNo }: QuestionProps) {
    return (
      <div class="question">
        <h3>{question}</h3>
        {about && <p>{about}</p>}
        <div class="answers">
          <button {...part('action')} class="action secondary-action" ref={this.no} type="button" onClick={onNo}>
            {no}
          </button>
          <button {...part('primary-action')} data-danger="true" type="button" aria-disabled={busy} onClick={onYes}>
            {yes}
          </button>
        </div>
      </div>
    )
  }
}
