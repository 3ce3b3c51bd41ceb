import { addStyle } from '../launcher/add-style.js'
import { createElement, createShape, pageLanguages } from '../launcher/host-page.js'
import { importTexts } from '../mount/import-texts.js'
import type { BellSource } from '../slot/bell-source.js'
import { conversationTexts } from '../text/en-panel.js'
import { formatCount } from '../text/format-text.js'
import { ENGLISH, loadLanguage } from '../text/load-language.js'
import bellCss from './bell.css?inline'
import type { ChatDeskElement } from './browser-chat-desk-element.js'

/** A `<chat-desk-bell>` on a page: how many messages are unread, and the way to them. */
export interface ChatDeskBellElement extends HTMLElement {
  /** What it rings for; absent: the `<chat-desk>` that its attribute `for` names by id, or else the page's first. */
  source: BellSource | undefined
}

/** Lucide's bell (ISC), 24 × 24. */
const BELL = 'M10.3 21a1.94 1.94 0 0 0 3.4 0M6 8a6 6 0 0 1 12 0c0 7 3 9 3 9H3s3-2 3-9'

function drawBell(root: ShadowRoot, onPress: () => void) {
  addStyle(root, bellCss)
  const button = createElement('button')
  const count = createElement('span')
  const icon = createShape('svg')
  const path = createShape('path')
  button.type = 'button'
  button.part = 'bell'
  button.onclick = onPress
  count.part = 'count'
  icon.setAttribute('viewBox', '0 0 24 24')
  icon.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', BELL)
  icon.append(path)
  button.append(icon, count)
  root.append(button)
  return { button, count }
}

/** Makes `<chat-desk-bell>` known, once. Another element of that name is left alone. */
export function defineChatDeskBell(): void {
  // Not on a server, which has no elements to extend.
  if (typeof customElements === 'undefined' || customElements.get('chat-desk-bell')) return

  class ChatDeskBell extends HTMLElement {
    static readonly observedAttributes = ['for', 'locale']
    readonly #drawn = drawBell(this.attachShadow({ mode: 'open' }), () => this.#found()?.open())
    #given: BellSource | undefined
    #language = ENGLISH
    #stop = () => {}

    constructor() {
      super()
      // Set before the element was known, it stands in the way.
      const before = Object.getOwnPropertyDescriptor(this, 'source')?.value as BellSource | undefined
      if (!before) return
      Reflect.deleteProperty(this, 'source')
      this.#given = before
    }

    get source(): BellSource | undefined {
      return this.#given
    }
    set source(source: BellSource | undefined) {
      this.#given = source
      this.#follow()
    }
    connectedCallback(): void {
      this.#follow()
      void this.#speak()
    }
    disconnectedCallback(): void {
      this.#stop()
    }
    attributeChangedCallback(name: string): void {
      if (!this.isConnected) return
      if (name === 'for') this.#follow()
      else void this.#speak()
    }

    #found(): BellSource | undefined {
      const id = this.getAttribute('for')
      const chat = id ? document.getElementById(id) : document.querySelector('chat-desk')
      return this.#given ?? (chat as ChatDeskElement | null)?.chat
    }
    #follow(): void {
      this.#stop()
      this.#stop = (this.isConnected && this.#found()?.unread.listen(() => this.#draw())) || (() => {})
      this.#draw()
    }
    async #speak(): Promise<void> {
      const locale = this.getAttribute('locale')
      this.#language = await loadLanguage(locale ? [locale] : pageLanguages(), importTexts)
      this.#draw()
    }
    #draw(): void {
      const { button, count } = this.#drawn
      const { locale, texts } = this.#language
      const { openChat, openChatUnread } = { ...conversationTexts, ...texts }
      const unread = this.#found()?.unread.get() ?? 0
      button.lang = locale
      button.setAttribute('aria-label', unread ? formatCount(openChatUnread, unread, locale) : openChat)
      // The label says it already; an empty one is hidden.
      count.textContent = unread === 0 ? '' : unread > 99 ? '99+' : unread.toLocaleString(locale)
    }
  }
  customElements.define('chat-desk-bell', ChatDeskBell)
}
