import type { VisitorActions } from '@chatdesk/core/visitor-actions'
import { ChatError, type OfferedDepartment } from '@chatdesk/protocol'
import { Component } from 'preact'
import { hasTabSession } from '../../launcher/browser-tab-memory.js'
import { formTexts } from '../../text/en-forms.js'
import { mayStore } from '../../widget-options.js'
import { afterDrawing } from '../after-drawing.js'
import type { PanelProps, PanelView } from '../panel-model.js'
import { factsOf } from './facts-of.js'
import { type FormRecord, keepRecord, NOTHING_ASKED, readRecord } from './form-record.js'
import { FormView } from './form-view.jsx'
import { type KnownFacts, knownFacts } from './known-facts.js'
import { type Answers, OWN, type Question, questionsOf } from './questions.js'

/** Options of `Asking`. */
interface AskingProps extends PanelProps {
  /** Nobody is there to answer now. */
  away: boolean
}

interface State {
  known: KnownFacts | undefined
  departments: readonly OfferedDepartment[]
}

/** Stands in the panel unseen, and puts the form in the place of a conversation that is about to begin. */
export class Asking extends Component<AskingProps, State> {
  override state: State = { known: undefined, departments: [] }
  /** Those of the commands as well: what is said here waits for who they say the visitor is. */
  private actions: VisitorActions | undefined
  private record: FormRecord = readRecord(this.props.panel.options)
  private view: PanelView | undefined
  private loading: 'no' | 'yes' | 'failed' = 'no'
  /** What the server has refused, once: it is asked again, whatever was said meanwhile. */
  private refused: Answers | undefined
  /** What the composer held when the form took its place, where the tab may not keep it. */
  private draft = ''
  private leaving = false
  /** Another one for each visitor: what stands in the form is theirs alone. */
  private visit = 0
  private stopForgetting = () => {}

  override componentDidMount(): void {
    const { panel } = this.props
    const { $forgotten } = panel.client.port
    this.stopForgetting = $forgotten.listen(() => this.forget())
    const begin = async () => {
      const { attend } = await import('../background.js')
      this.actions = (await attend(panel)).actions
      await this.read()
    }
    // Where it cannot be fetched nobody is asked, and everybody is let in.
    begin().catch(() => {})
  }

  override componentWillUnmount(): void {
    this.stopForgetting()
  }

  /** What is known of whoever is there. */
  private async read(): Promise<void> {
    const { visit, props } = this
    const { options, client } = props.panel
    const { user } = client.port.session
    const proved = await (async () => (typeof user === 'function' ? user() : user))().catch(() => undefined)
    // A proof may come when its visitor has gone.
    if (visit === this.visit) this.setState({ known: knownFacts(options.traits, proved) })
  }

  private forget(): void {
    this.refused = undefined
    this.draft = ''
    this.visit += 1
    this.record = NOTHING_ASKED
    keepRecord(this.props.panel.options, this.record)
    this.setState({ known: undefined })
    // Once the page's words of the one before are gone as well.
    queueMicrotask(() => void this.read())
  }

  override componentDidUpdate(): void {
    const { panel } = this.props
    const isShown = panel.view !== null && panel.view === this.view
    this.meet()
    this.sayDepartment()
    this.loadDepartments()
    if (!isShown && this.leaving) this.welcome()
    const title = this.title()
    if (!this.isDue()) {
      if (isShown) this.leave()
    } else if (isShown ? panel.view?.title !== title : panel.open && !panel.view) this.show(title)
  }

  /** What another visitor was asked says nothing of this one. */
  private meet(): void {
    const { id } = this.props.panel.client.port.conversation.state().self
    const { visitorId } = this.record
    if (!id || id === visitorId) return
    this.keep(visitorId ? { ...NOTHING_ASKED, visitorId: id } : { visitorId: id })
  }

  private keep(changes: Partial<FormRecord>): void {
    this.record = { ...this.record, ...changes }
    keepRecord(this.props.panel.options, this.record)
  }

  /** Whether the conversation that is shown has nothing in it yet, as far as can be known. */
  private isNew(): boolean {
    const { client, options, settings } = this.props.panel
    if (client.$timeline.get().length > 0) return false
    const { id, synced } = client.$conversation.get()
    const isOnline = client.$connection.get().status === 'online'
    // Of a tab that never had a session there is nothing to wait for.
    const isFirst = !hasTabSession(options) && settings?.tabs !== 'shared' && !client.port.session.user
    return isFirst || (isOnline && (id === null || synced))
  }

  private isDue(): boolean {
    // What stands is not taken away while one question of it is fetched.
    if (this.state.known === undefined || (!this.view && this.isIncomplete())) return false
    return (this.refused !== undefined || this.isNew()) && this.questions().length > 0
  }

  private form() {
    return (!this.record.answered && this.props.panel.settings?.preChatForm) || null
  }

  /** What is asked now. */
  questions(): Question[] {
    const { panel, away } = this.props
    const { known = knownFacts(), departments } = this.state
    return questionsOf({
      form: this.form(),
      departments: this.record.answered ? [] : departments,
      // What was said while the server thought is said.
      away: away && this.refused === undefined,
      hasEmail: this.record.hasEmail,
      known,
      texts: { ...formTexts, ...panel.texts },
    })
  }

  private isMessage(): boolean {
    return this.questions().some(({ id }) => id === OWN.message)
  }

  private title(): string {
    const { texts } = this.props.panel
    return this.isMessage() ? texts.leaveMessage : { ...formTexts, ...texts }.formTitle
  }

  private show(title: string): void {
    const { panel } = this.props
    const { options, container, launcher, update } = panel
    if (!mayStore(options)) this.draft ||= container.querySelector<HTMLTextAreaElement>('.input')?.value ?? ''
    const takesFocus = launcher.root.activeElement !== null
    const Body = this.view?.Body ?? (({ panel }: PanelProps) => this.draw(panel, takesFocus))
    this.view = { title, back: null, Body }
    update({ view: this.view })
  }

  private draw(panel: PanelProps['panel'], takesFocus: boolean) {
    const { texts } = panel
    return (
      <FormView
        key={this.visit}
        panel={panel}
        questions={this.questions()}
        values={this.record.values}
        lead={this.isMessage() ? panel.settings?.offlineMessage || texts.awayNotice : ''}
        notice={this.refused ? texts.formChanged : ''}
        action={this.isMessage() ? texts.send : texts.formStart}
        takesFocus={takesFocus}
        onChange={(values) => this.keep({ values })}
        onSend={(answers) => this.send(answers)}
      />
    )
  }

  private leave(): void {
    this.view = undefined
    this.leaving = true
    this.props.panel.update({ view: null })
  }

  /** The conversation is there again. */
  private welcome(): void {
    const { container, launcher } = this.props.panel
    const input = container.querySelector<HTMLTextAreaElement>('.input')
    if (!input) return
    this.leaving = false
    if (this.draft && !input.value) {
      input.value = this.draft
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }
    this.draft = ''
    if (this.props.panel.open && !launcher.root.activeElement) input.focus()
  }

  /** Told at once, on disk like any message: the visitor does not wait for the network. */
  private send(answers: Answers): void {
    const { panel } = this.props
    const questions = this.questions()
    const { facts, message } = factsOf(this.form(), this.state.departments, questions, answers)
    const isAgain = this.refused !== undefined
    const hasEmail = this.record.hasEmail || questions.some(({ type, id }) => type === 'email' && !!answers[id])
    const before = this.record
    this.refused = undefined
    this.keep({ values: {}, answered: true, hasEmail })
    panel.begin()
    panel.events.emit('form:submitted', { form: message ? 'offline' : 'preChat', answers })
    const said = Object.keys(facts).length > 0 ? this.actions?.updateVisitor(facts) : undefined
    said?.catch((error: unknown) => {
      // The form was another one when it was drawn. Asked twice, a visitor is let in.
      if (isAgain || !ChatError.isInstance(error) || error.code !== 'VALIDATION_FAILED') return
      this.refused = answers
      this.keep({ ...before, values: answers })
      this.forceUpdate()
    })
    if (message) this.sendOwn(message)
    this.leave()
  }

  /** A message that is refused stays in the thread with a way on; one that never got there is given back to whoever wrote it. */
  private sendOwn(message: string): void {
    const { client } = this.props.panel
    const { id } = client.port.conversation.state().self
    client.sendMessage(message).catch(() => {
      const isThere = client.$timeline.get().some((entry) => entry.type === 'message' && entry.own)
      if (isThere || client.port.conversation.state().self.id !== id) return
      this.draft = message
      this.welcome()
    })
  }

  /** Where there is nothing to choose, nobody is asked. */
  private sayDepartment(): void {
    const { client, options, settings } = this.props.panel
    const [departmentId, another] = settings?.departmentIds ?? []
    // One that the page names is said with what else it says.
    if (!this.actions || !departmentId || another || options.departmentId || departmentId === this.record.departmentId)
      return
    if (client.$connection.get().status !== 'online') return
    this.keep({ departmentId })
    this.actions?.updateVisitor({ departmentId }).catch((error) => console.warn('[chatdesk]', error))
  }

  private loadDepartments(): void {
    const { client } = this.props.panel
    const isOnline = client.$connection.get().status === 'online'
    if (!isOnline && this.loading === 'failed') this.loading = 'no'
    if (!this.actions || !isOnline || this.loading !== 'no' || !this.isChoice()) return
    this.loading = 'yes'
    this.actions.loadDepartments().then(
      (departments) => {
        this.setState({ departments })
        // A form that stands already has one more question.
        afterDrawing(() => this.props.panel.update({}))
      },
      // Asked again with the next connection.
      () => {
        this.loading = 'failed'
        this.forceUpdate()
      },
    )
  }

  /** The visitor is to say which department they want. */
  private isChoice(): boolean {
    const { options, settings } = this.props.panel
    return !options.departmentId && (settings?.departmentIds?.length ?? 0) > 1 && !this.record.answered
  }

  /** A form would be answered before all of it is there. */
  private isIncomplete(): boolean {
    const { status } = this.props.panel.client.$connection.get()
    const isComing = this.loading !== 'failed' && (status === 'connecting' || status === 'online')
    return isComing && this.isChoice() && this.state.departments.length === 0
  }

  override render() {
    return null
  }
}
