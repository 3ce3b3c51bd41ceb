import { Component, createRef, type TargetedKeyboardEvent } from 'preact'
import type { Texts } from '../../text/en.js'
import { formatCount } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import type { PopupProps } from '../extras/popup-button.jsx'
import { onOutside } from '../popup/on-outside.js'
import { EMOJI, type Emoji } from './emoji-set.js'
import { neighbour } from './neighbour.js'
import { noteEmoji, recentEmoji } from './recent-emoji.js'
import { emojiName, knownEmoji, searchEmoji } from './search-emoji.js'

/** Emoji by category, or by what they are called: arrows between them, letters to search, Escape to leave. */
export class EmojiPicker extends Component<PopupProps, { query: string }> {
  override state = { query: '' }
  private readonly box = createRef<HTMLDivElement>()
  private readonly input = createRef<HTMLInputElement>()
  /** As it was when the picker opened: nothing moves under the pointer. */
  private readonly recent = knownEmoji(recentEmoji(this.props.panel.options))
  private stop = () => {}

  override componentDidMount(): void {
    this.input.current?.focus()
    const { panel, onClose } = this.props
    this.stop = onOutside(panel.container, this.box.current as HTMLDivElement, () => onClose(false))
  }

  override componentWillUnmount(): void {
    this.stop()
  }

  private readonly onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const { key, target } = event
    if (event.isComposing) return
    const all = [...(this.box.current as HTMLDivElement).querySelectorAll<HTMLElement>('[data-emoji]')]
    const inInput = target === this.input.current
    if (key === 'Escape') this.leave()
    // Enter in the field takes the first that was found; the composer around would send.
    else if (inInput && (key === 'Enter' || key === 'ArrowDown')) {
      if (key === 'ArrowDown') all[0]?.focus()
      else if (this.state.query.trim()) all[0]?.click()
    } else if (!inInput && key.startsWith('Arrow')) {
      const next = neighbour(all, target as HTMLElement, key, getComputedStyle(event.currentTarget).direction === 'rtl')
      if (next || key === 'ArrowUp') (next ?? this.input.current)?.focus()
    } else {
      // The letter goes where it is looked for.
      if (!inInput && key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey) this.input.current?.focus()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  /** Back to where one writes. */
  private leave(): HTMLTextAreaElement | null {
    this.props.onClose(false)
    const writing = this.props.panel.container.querySelector('textarea')
    writing?.focus()
    return writing
  }

  private readonly choose = (emoji: string): void => {
    noteEmoji(this.props.panel.options, emoji)
    const writing = this.leave()
    // Where the caret was, as if it had been typed.
    writing?.setRangeText(emoji, writing.selectionStart, writing.selectionEnd, 'end')
    writing?.dispatchEvent(new Event('input', { bubbles: true }))
  }

  private grid(emoji: readonly Emoji[], name?: string, first = true) {
    return (
      <fieldset key={name} class="emoji-grid" aria-label={name}>
        {name && <p aria-hidden="true">{name}</p>}
        {emoji.map((each, index) => {
          const label = emojiName(each, this.props.panel.locale)
          return (
            <button
              key={each.emoji}
              type="button"
              // One stop of the tabulator for all; the arrows do the rest.
              tabIndex={first && index === 0 ? 0 : -1}
              data-emoji={each.emoji}
              aria-label={label}
              title={label}
              onClick={() => this.choose(each.emoji)}
            >
              {each.emoji}
            </button>
          )
        })}
      </fieldset>
    )
  }

  override render({ panel }: PopupProps, { query }: { query: string }) {
    const { texts, locale } = panel
    const found = query.trim() ? searchEmoji(query) : undefined
    const name = (key: keyof Texts) => texts[key] as string
    return (
      <div {...part('emoji')} ref={this.box} role="dialog" aria-label={texts.emoji} onKeyDown={this.onKeyDown}>
        <input
          ref={this.input}
          type="text"
          dir={query ? 'auto' : undefined}
          autocomplete="off"
          maxLength={50}
          aria-label={texts.emojiSearch}
          placeholder={texts.emojiSearch}
          value={query}
          onInput={({ currentTarget: { value } }) => this.setState({ query: value })}
        />
        <p role="status" class={found?.length ? 'sr-only' : 'emoji-none'}>
          {found && (found.length ? formatCount(texts.emojiFound, found.length, locale) : texts.emojiNone)}
        </p>
        <div class="emoji-list">
          {found ? (
            this.grid(found)
          ) : (
            <>
              {this.recent.length > 0 && this.grid(this.recent, texts.emojiRecent)}
              {EMOJI.map(([category, emoji], index) =>
                this.grid(emoji, name(category), index === 0 && this.recent.length === 0),
              )}
            </>
          )}
        </div>
      </div>
    )
  }
}
