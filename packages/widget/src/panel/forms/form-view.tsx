import { Component, createRef } from 'preact'
import { afterDrawing } from '../after-drawing.js'
import { part } from '../anatomy.js'
import { CLOCK, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { faultOf } from './fault-of.js'
import { FormField } from './form-field.jsx'
import type { Answers, Question } from './questions.js'

/** Options of `FormView`. */
interface FormViewProps extends PanelProps {
  questions: readonly Question[]
  /** What was put in before. */
  values: Answers
  /** Said above the questions; empty: nothing. */
  lead: string
  /** Why they are asked again; empty: they are not. */
  notice: string
  /** What the button says. */
  action: string
  takesFocus: boolean
  onChange(values: Answers): void
  onSend(answers: Answers): void
}

/** What can be answered; of what is proved nothing can. */
const FIRST = '.field-input:not([readonly])'

interface State {
  values: Answers
  /** Somebody has tried to send it: from then on it says what is wrong. */
  tried: boolean
}

/** What a visitor is asked, in one column. */
export class FormView extends Component<FormViewProps, State> {
  override state: State = { values: this.props.values, tried: false }
  private readonly form = createRef<HTMLFormElement>()

  override componentDidMount(): void {
    if (this.props.takesFocus) this.focus(FIRST)
  }

  override componentDidUpdate({ panel }: FormViewProps): void {
    // Opened again, by whoever has pressed the launcher.
    if (this.props.panel.open && !panel.open && this.props.panel.launcher.root.activeElement) this.focus(FIRST)
  }

  private focus(selector: string): void {
    this.form.current?.querySelector<HTMLElement>(selector)?.focus()
  }

  /** The answers as they stand; what nobody has touched is what was known. */
  private answers(): Answers {
    const { questions } = this.props
    const { values } = this.state
    return Object.fromEntries(
      questions.map(({ id, value, proved }) => [
        id,
        proved || typeof values[id] !== typeof value ? value : (values[id] ?? value),
      ]),
    )
  }

  private change(id: string, value: string | boolean): void {
    const values = { ...this.state.values, [id]: value }
    this.setState({ values })
    this.props.onChange(values)
  }

  private readonly send = (event: Event): void => {
    event.preventDefault()
    const { questions, onSend } = this.props
    const answers = this.answers()
    const isWrong = questions.some((question) => faultOf(question, answers[question.id] ?? ''))
    if (isWrong) {
      this.setState({ tried: true })
      afterDrawing(() => this.focus('[aria-invalid="true"]'))
    } else onSend(answers)
  }

  override render({ panel, questions, lead, notice, action }: FormViewProps, { tried }: State) {
    const answers = this.answers()
    return (
      <form {...part('form')} ref={this.form} noValidate onSubmit={this.send}>
        <div class="form-questions">
          <p class="form-notice" role="alert">
            {notice}
          </p>
          {lead && (
            <p class="team-note">
              <Icon shape={CLOCK} size={16} />
              <span dir="auto">{lead}</span>
            </p>
          )}
          {questions.map((question, index) => {
            const value = answers[question.id] ?? ''
            return (
              <FormField
                key={question.id}
                panel={panel}
                question={question}
                name={`field-${index}`}
                value={value}
                fault={tried ? faultOf(question, value) : undefined}
                onChange={(changed) => this.change(question.id, changed)}
              />
            )
          })}
        </div>
        <button {...part('primary-action')} type="submit">
          {action}
        </button>
      </form>
    )
  }
}
