import { Component, createRef, type TargetedKeyboardEvent } from 'preact'
import { formatCount, formatText } from '../../text/format-text.js'
import { afterDrawing } from '../after-drawing.js'
import { part } from '../anatomy.js'
import { authorName } from '../frame/author-look.js'
import { Icon, MINIMISE, SEARCH, UP_SMALL } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { type Found, searchMessages } from './search-messages.js'

/** Pages of 50 that are asked for before the visitor is asked whether to go on. */
const PAGES = 20
/** Found messages that are enough to stop asking for more. */
const ENOUGH = 20

/** What was looked for, and the message that it has led to. */
export interface Looked {
  words: string
  /** Its key. */
  current: string
}

interface SearchProps extends PanelProps {
  /** An earlier look, to come back to. */
  looked: Looked | undefined
  /** Leads to a result in the conversation. Rejects when that cannot be drawn now. */
  onChoose(looked: Looked): Promise<void>
}

interface State {
  words: string
  /** Key of the result that was gone to. */
  current: string | undefined
  /** Whether the older part of the conversation is asked for, or could not be had. */
  older: 'idle' | 'busy' | 'failed'
}

const placeOf = (found: readonly Found[], key: string | undefined) =>
  found.findIndex(({ message }) => message.key === key)

/** Looks for words in the conversation, also in what is not held yet: the newest first. */
export class SearchView extends Component<SearchProps, State> {
  override state: State = { words: '', current: undefined, ...this.props.looked, older: 'idle' }
  private readonly input = createRef<HTMLInputElement>()
  private gone = false
  private readonly results = createRef<HTMLOListElement>()

  override componentDidMount(): void {
    const current = this.results.current?.querySelector<HTMLElement>('[aria-current="true"]')
    current?.scrollIntoView({ block: 'nearest' })
    ;(current?.querySelector('button') ?? this.input.current)?.focus()
  }

  override componentWillUnmount(): void {
    this.gone = true
    this.props.panel.container.querySelector<HTMLElement>('[data-action="menu"]')?.focus()
  }

  /** The newest first. */
  private found(): Found[] {
    return searchMessages(this.props.panel.client.$timeline.get(), this.state.words).reverse()
  }

  private readonly onInput = (words: string): void => {
    this.setState({ words, current: undefined })
    afterDrawing(() => void this.searchOlder())
  }

  /** Asks for older pages, until there is enough to show. */
  private readonly searchOlder = async (): Promise<void> => {
    const { client } = this.props.panel
    if (this.state.older === 'busy') return
    this.setState({ older: 'busy' })
    let older: State['older'] = 'idle'
    try {
      for (let page = 0; page < PAGES && this.state.words.trim() && !this.gone; page++) {
        if (!client.$conversation.get().hasOlder || this.found().length >= ENOUGH) break
        await client.loadOlder()
      }
    } catch {
      older = 'failed'
    }
    this.setState({ older })
  }

  /** Goes from result to result, and round. */
  private go(step: 1 | -1): void {
    const found = this.found()
    const at = placeOf(found, this.state.current)
    const next = at < 0 && step < 0 ? -1 : at + step
    const current = found.at(next % found.length)?.message.key
    this.setState({ current })
    afterDrawing(() =>
      this.results.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' }),
    )
  }

  private readonly choose = (current: string): void => {
    const { words } = this.state
    // Without what draws many messages, the results stay: the next press tries again.
    this.props.onChoose({ words, current }).catch(() => {})
  }

  private readonly onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const { panel } = this.props
    const step = ({ Enter: event.shiftKey ? -1 : 1, ArrowUp: -1, ArrowDown: 1 } as const)[event.key]
    const onButton = event.key === 'Enter' && event.target !== this.input.current
    if (event.isComposing || onButton || (event.key !== 'Escape' && !step)) return
    event.preventDefault()
    // Escape leaves the search, not the panel.
    event.stopPropagation()
    if (event.key === 'Enter' && !event.shiftKey && this.state.current) this.choose(this.state.current)
    else if (step) this.go(step)
    else panel.update({ view: null })
  }

  private status(found: readonly Found[]): string {
    const { texts, locale } = this.props.panel
    const { words, current, older } = this.state
    const place = placeOf(found, current)
    if (!words.trim()) return ''
    if (place >= 0) {
      const figures = { place: (place + 1).toLocaleString(locale), count: found.length.toLocaleString(locale) }
      return formatText(texts.searchPlace, figures)
    }
    if (found.length > 0) return formatCount(texts.searchFound, found.length, locale)
    return older === 'busy' ? texts.searchBusy : texts.searchNone
  }

  override render({ panel }: SearchProps, { words, current, older }: State) {
    const { texts, client } = panel
    const found = this.found()
    const more = words.trim() && older !== 'busy' && client.$conversation.get().hasOlder
    return (
      <search {...part('search')} onKeyDown={this.onKeyDown}>
        <div class="search-bar">
          <Icon shape={SEARCH} size={18} />
          <input
            ref={this.input}
            type="text"
            dir={words ? 'auto' : undefined}
            enterkeyhint="search"
            autocomplete="off"
            maxLength={200}
            aria-label={texts.searchLabel}
            placeholder={texts.searchLabel}
            value={words}
            onInput={({ currentTarget: { value } }) => this.onInput(value)}
          />
          <button
            {...part('header-action')}
            type="button"
            aria-label={texts.searchPrevious}
            aria-disabled={found.length === 0}
            onClick={() => this.go(-1)}
          >
            <Icon shape={UP_SMALL} size={18} />
          </button>
          <button
            {...part('header-action')}
            type="button"
            aria-label={texts.searchNext}
            aria-disabled={found.length === 0}
            onClick={() => this.go(1)}
          >
            <Icon shape={MINIMISE} size={18} />
          </button>
        </div>
        <p class="search-status" role="status">
          {this.status(found)}
          <span class="sr-only">{found[placeOf(found, current)]?.stretches.map(({ text }) => text)}</span>
        </p>
        <ol class="search-results" ref={this.results}>
          {found.map(({ message, stretches }) => (
            <li key={message.key} aria-current={message.key === current} data-own={message.own}>
              <button type="button" onClick={() => this.choose(message.key)}>
                <span class="search-meta">
                  <span>{message.own ? texts.you : authorName(message.author, texts)}</span>
                  <time dateTime={message.createdAt} title={panel.time.exact(message.createdAt)}>
                    {panel.time.day(new Date(message.createdAt))}, {panel.time.short(message.createdAt)}
                  </time>
                </span>
                <span class="search-words" dir="auto">
                  {stretches.map(({ text, found }) => (found ? <mark>{text}</mark> : text))}
                </span>
              </button>
            </li>
          ))}
          {(more || older !== 'idle') && words.trim() && (
            <li class="search-more">
              {older === 'busy' ? (
                texts.searchBusy
              ) : (
                <>
                  {older === 'failed' && <p>{texts.searchFailed}</p>}
                  <button {...part('load-earlier')} type="button" onClick={this.searchOlder}>
                    {texts.searchMore}
                  </button>
                </>
              )}
            </li>
          )}
        </ol>
      </search>
    )
  }
}
