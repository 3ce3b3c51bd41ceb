import { type MountOptions, mountWidget, type WidgetHandle } from '../mount/mount-widget.js'
import { type BellSource, bellSource } from '../slot/bell-source.js'
import { followEvent } from '../slot/follow.js'
import { createWidgetSlot } from '../slot/widget-slot.js'
import { ATTRIBUTE_NAMES, readAttributes } from './read-attributes.js'

/** Options that are no texts, and so are properties. */
const PROPERTIES = ['user', 'traits', 'userData', 'texts', 'theme', 'client'] as const
/** What the element tells as an event, `chatdesk-open` and so on; its `detail` is what a listener of `on` is given. */
const EVENTS = ['ready', 'open', 'close', 'message', 'unread'] as const

/** A `<chat-desk>` on a page. */
export interface ChatDeskElement extends HTMLElement, Pick<MountOptions, (typeof PROPERTIES)[number]> {
  /** The widget; undefined while the element is on no page, or lacks `url` or `widget-key`. */
  readonly handle: WidgetHandle | undefined
  /** For a bell of the page. */
  readonly chat: BellSource
}

/** Makes `<chat-desk>` known, once. Another element of that name is left alone. */
export function defineChatDeskElement(): void {
  // Not on a server, which has no elements to extend.
  if (typeof customElements === 'undefined' || customElements.get('chat-desk')) return

  class ChatDesk extends HTMLElement {
    static readonly observedAttributes = ATTRIBUTE_NAMES
    readonly #slot = createWidgetSlot()
    readonly #given: Partial<MountOptions> = {}
    #due = false

    constructor() {
      super()
      for (const name of PROPERTIES) {
        // Set before the element was known, it stands in the way.
        const before = Object.getOwnPropertyDescriptor(this, name)?.value
        Object.defineProperty(this, name, {
          get: () => this.#given[name],
          set: (value: never) => {
            this.#given[name] = value
            this.changed()
          },
        })
        if (before !== undefined) this.#given[name] = before
      }
      for (const type of EVENTS)
        followEvent(this.#slot, type, (detail) => this.dispatchEvent(new CustomEvent(`chatdesk-${type}`, { detail })))
    }

    get handle(): WidgetHandle | undefined {
      return this.#slot.widget()
    }
    get chat(): BellSource {
      return bellSource(this.#slot)
    }
    connectedCallback(): void {
      this.changed()
    }
    disconnectedCallback(): void {
      this.changed()
    }
    attributeChangedCallback(): void {
      this.changed()
    }

    /** Once for all changes of a turn: frameworks set one attribute after another, and move elements by taking them out. */
    private changed(): void {
      if (!this.#due) queueMicrotask(() => this.settle())
      this.#due = true
    }
    private settle(): void {
      this.#due = false
      const { url, widgetKey, ...options } = { ...this.#given, ...readAttributes((name) => this.getAttribute(name)) }
      const target = options.mode === 'inline' ? this : undefined
      if (this.isConnected && url && widgetKey) this.#slot.show(mountWidget, { ...options, url, widgetKey, target })
      else this.#slot.hide()
    }
  }
  customElements.define('chat-desk', ChatDesk)
}
