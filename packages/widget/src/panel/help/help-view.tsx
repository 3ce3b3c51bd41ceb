import type { PublicEntry } from '@chatdesk/protocol'
import { Component, type ComponentType, createRef, type TargetedKeyboardEvent } from 'preact'
import { formatCount } from '../../text/format-text.js'
import { afterDrawing } from '../after-drawing.js'
import { part } from '../anatomy.js'
import { BACK, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { askUs } from './ask-us.js'
import { groupEntries } from './group-entries.js'
import { HelpAnswer } from './help-answer.jsx'
import { loadHelp } from './load-help.js'

/** Milliseconds without a key before words are looked for. */
const PAUSE_MS = 250
/** Characters from which on the server looks for words. */
const SHORTEST = 2
/** Questions that are shown at once; of more, their categories first. */
const AT_ONCE = 12

interface HelpProps extends PanelProps {
  /** What the panel knows this view by. */
  Body: ComponentType<PanelProps>
}

interface State {
  words: string
  /** Null until they have come. */
  all: readonly PublicEntry[] | null
  /** What fits the words, or did before the last key; null: nothing is looked for. */
  found: readonly PublicEntry[] | null
  failed: boolean
  /** What is looked at: an answer, the questions of a category, or neither. */
  entry: PublicEntry | undefined
  category: string | undefined
}

/** What visitors may read for themselves: categories, questions, answers, and a search as they type. */
export class HelpView extends Component<HelpProps, State> {
  override state: State = {
    ...{ words: '', all: null, found: null, failed: false },
    ...{ entry: undefined, category: undefined },
  }
  private readonly root = createRef<HTMLDivElement>()
  private readonly input = createRef<HTMLInputElement>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private loading = new AbortController()

  override componentDidMount(): void {
    void this.load('')
  }

  override componentWillUnmount(): void {
    this.cancel()
    this.props.panel.container.querySelector<HTMLElement>('[data-action="menu"]')?.focus()
  }

  private cancel(): void {
    clearTimeout(this.timer)
    this.loading.abort()
  }

  /** What was asked for before is no longer wanted. */
  private readonly load = async (words: string): Promise<void> => {
    this.cancel()
    this.loading = new AbortController()
    const { signal } = this.loading
    this.setState({ failed: false })
    try {
      const entries = await loadHelp(this.props.panel, words, signal)
      if (signal.aborted) return
      if (words) this.setState({ found: entries })
      else this.setState({ all: entries })
    } catch {
      if (!signal.aborted) this.setState({ failed: true, found: null })
    }
  }

  private readonly onInput = (words: string): void => {
    const sought = words.trim()
    this.setState({ words })
    this.cancel()
    if (sought.length >= SHORTEST) this.timer = setTimeout(() => void this.load(sought), PAUSE_MS)
    else {
      this.setState({ found: null, failed: false })
      if (!this.state.all) void this.load('')
    }
  }

  /** Goes to a category or an answer; the header leads back from there. */
  private readonly go = (category: string | undefined, entry?: PublicEntry): void => {
    const { panel, Body } = this.props
    const { texts } = panel
    const left = this.state.entry?.id ?? this.state.category
    this.setState({ category, entry })
    const isStart = category === undefined && !entry
    const name = entry?.category || (category === '' ? texts.helpOther : category)
    panel.update({ view: { title: name || texts.help, Body, ...(!isStart && { back: this.back }) } })
    afterDrawing(() => {
      const root = this.root.current
      if (root) root.scrollTop = 0
      const rows = [...(root?.querySelectorAll<HTMLElement>('[data-key]') ?? [])]
      const origin = rows.find(({ dataset }) => dataset.key === left)
      ;(entry ? root?.querySelector<HTMLElement>('.help-answer') : (origin ?? root))?.focus()
    })
  }

  private readonly back = (): void => {
    const { entry, category } = this.state
    this.go(entry ? category : undefined)
  }

  private readonly onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const { words, entry, category } = this.state
    // An input method ends what is being written by it.
    if (event.key !== 'Escape' || event.isComposing) return
    if (entry || category !== undefined) this.back()
    else if (words) {
      this.onInput('')
      this.input.current?.focus()
    } else return
    // The panel would close on it.
    event.stopPropagation()
    event.preventDefault()
  }

  private row(key: string, words: string, onClick: () => void, entry?: PublicEntry, count?: number) {
    return (
      <li key={key}>
        <button class="help-row" type="button" data-key={key} lang={entry?.language} onClick={onClick}>
          <span dir="auto">{words}</span>
          {count !== undefined && <small>{count.toLocaleString(this.props.panel.locale)}</small>}
          <Icon shape={BACK} size={16} />
        </button>
      </li>
    )
  }

  private questions(entries: readonly PublicEntry[]) {
    const { category } = this.state
    return <ul>{entries.map((entry) => this.row(entry.id, entry.question, () => this.go(category, entry), entry))}</ul>
  }

  /** What there is where nothing is looked for. */
  private contents(all: readonly PublicEntry[]) {
    const { texts } = this.props.panel
    const { category: shown } = this.state
    const groups = groupEntries(all)
    if (shown !== undefined) return this.questions(groups.find(({ category }) => category === shown)?.entries ?? [])
    if (all.length === 0) return <p class="help-note">{texts.helpEmpty}</p>
    if (groups.length === 1) return this.questions(all)
    if (all.length > AT_ONCE)
      return (
        <ul>
          {groups.map(({ category, entries }) =>
            this.row(category, category || texts.helpOther, () => this.go(category), undefined, entries.length),
          )}
        </ul>
      )
    return groups.map(({ category, entries }) => (
      <section key={category}>
        <h3 dir="auto">{category || texts.helpOther}</h3>
        {this.questions(entries)}
      </section>
    ))
  }

  private status(): string {
    const { texts, locale } = this.props.panel
    const { found, failed, all } = this.state
    if (failed) return texts.helpFailed
    if (found) return found.length ? formatCount(texts.helpFound, found.length, locale) : texts.helpNone
    return all ? '' : texts.helpLoading
  }

  override render({ panel }: HelpProps, { words, all, found, failed, entry, category }: State) {
    const { texts } = panel
    const ask = entry?.question ?? words.trim()
    return (
      <section {...part('help')} ref={this.root} aria-label={texts.help} tabIndex={-1} onKeyDown={this.onKeyDown}>
        {entry ? (
          <HelpAnswer key={entry.id} panel={panel} entry={entry} />
        ) : (
          <>
            {category === undefined && (
              <search>
                <input
                  ref={this.input}
                  class="field-input"
                  type="search"
                  dir={words ? 'auto' : undefined}
                  enterkeyhint="search"
                  autocomplete="off"
                  maxLength={200}
                  aria-label={texts.helpSearch}
                  placeholder={texts.helpSearch}
                  value={words}
                  onInput={({ currentTarget: { value } }) => this.onInput(value)}
                />
              </search>
            )}
            <p class={all || found || failed ? 'help-note' : 'sr-only'} role="status">
              {this.status()}
            </p>
            {failed && (
              <button
                {...part('load-earlier')}
                type="button"
                onClick={() => this.load(ask.length < SHORTEST ? '' : ask)}
              >
                {texts.retry}
              </button>
            )}
            {!failed && !all && !found && (
              <div class="skeleton">
                <i />
                <i />
                <i />
              </div>
            )}
            {found && category === undefined ? this.questions(found) : !failed && all && this.contents(all)}
          </>
        )}
        {(entry || found || all?.length === 0 || failed) && (
          <div class="help-ask">
            {!found?.length && !entry ? null : <p>{texts.helpUnclear}</p>}
            <button {...part('action')} class="secondary-action" type="button" onClick={() => askUs(panel, ask)}>
              {texts.helpAsk}
            </button>
          </div>
        )}
      </section>
    )
  }
}
