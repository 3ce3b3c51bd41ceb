/** A window of the site's own in which a widget stands alone: fetched when a visitor wants one. */
import { ChatError } from '@chatdesk/protocol'
import {
  closeWindow,
  isPageLive,
  onPageHide,
  type Popup,
  pageNonce,
  pageRoot,
  pageScripts,
} from '../../launcher/host-page.js'
import type { WidgetOptions } from '../../widget-options.js'
import type { PanelModel } from '../panel-model.js'

/** What a page has said of its widget, and holds in any window. */
const HANDED = [
  'widgetKey',
  'url',
  'primaryColor',
  'greeting',
  'theme',
  'consent',
  'sound',
  'serviceWorker',
  'fingerprint',
  'traits',
  'userData',
  'departmentId',
  'locale',
  'texts',
  'styleNonce',
] as const satisfies (keyof WidgetOptions)[]

/**
 * Puts the widget into a window, and closes the panel of this page.
 *
 * @param popup null: the browser has opened none; undefined: none was asked for, because it would show another conversation.
 */
export async function fillPopout(panel: PanelModel, popup: Popup | null | undefined): Promise<void> {
  if (popup === undefined)
    throw new ChatError(
      'NOT_SUPPORTED',
      'popout: needs shared tabs, consent to storage, and a page without interceptors',
    )
  if (!popup) throw new ChatError('FORBIDDEN', 'popout: the browser has opened no window')
  if (!popup.chatdesk) {
    try {
      await fill(panel, popup)
    } catch (error) {
      popup.close()
      if (ChatError.isInstance(error)) throw error
      throw new ChatError('FORBIDDEN', 'popout: the policy of the page forbids it', { cause: error })
    }
  }
  popup.focus()
  if (panel.options.mode !== 'inline') panel.close()
  panel.events.emit('popout')
}

async function fill(panel: PanelModel, popup: Popup): Promise<void> {
  const { document } = popup
  const trusted = trust(popup)
  const nonce = panel.options.styleNonce || pageNonce()
  const url = loaderUrl(panel.options)
  // A page that runs one build has its window run that one as well (threat 20).
  const pinned = pageScripts().find(({ src, integrity }) => integrity && src.startsWith(url.slice(0, -3)))
  const maps = pageScripts()
    .filter(({ type }) => pinned && type === 'importmap')
    .map(({ text }) => `<script type="importmap" nonce="${nonce}">${text.replace(/</g, '\\u003c')}</script>`)
    .join('')
  // The window takes the address of this page: agents are told that one, and what is relative leads where it does here.
  document.open()
  document.write(trusted.createHTML(`<!doctype html><meta name="viewport" content="width=device-width">${maps}`))
  document.close()
  const frame = dress(panel, document)
  const script = document.createElement('script')
  script.nonce = nonce
  if (pinned) Object.assign(script, { integrity: pinned.integrity, crossOrigin: 'anonymous' })
  script.src = trusted.createScriptURL(pinned?.src ?? url)
  await new Promise((resolve, reject) => {
    script.onload = resolve
    script.onerror = () => reject(new ChatError('UNAVAILABLE', `popout: ${script.src} could not be loaded`))
    document.head.append(script)
  })
  const chatdesk = popup.chatdesk as NonNullable<Popup['chatdesk']>
  await chatdesk('init', handedTo(popup, panel))
  await chatdesk('inline', frame)
  await chatdesk('popout')
  // The banner of the panel shows how it ended.
  chatdesk('start').catch(() => {})
}

/** Makes a page of the window, and answers with what the panel may fill. */
function dress({ team, texts, locale, container }: PanelModel, document: Document): HTMLElement {
  const heading = document.createElement('h1')
  const frame = document.createElement('main')
  document.title = heading.textContent = team || texts.titleFallback
  Object.assign(document.documentElement, { lang: locale, dir: container.dir })
  // Every policy allows what is set one by one. The title is seen at the top of the window already.
  Object.assign(heading.style, { position: 'absolute', clipPath: 'inset(50%)', margin: '0' })
  Object.assign(frame.style, { position: 'fixed', inset: '0', overflow: 'auto' })
  frame.append(heading)
  document.body.append(frame)
  return frame
}

/** Values of the window's own, which outlive this page. */
function handedTo(popup: Popup, { options, client }: PanelModel): Partial<WidgetOptions> {
  const said = JSON.stringify(Object.fromEntries(HANDED.map((name) => [name, options[name]])))
  const { user } = client.port.session
  return {
    ...popup.JSON.parse(said),
    // It is as large as its window, has nothing to open by itself, and leads into no other one.
    autoOpen: false,
    popout: false,
    user: typeof user === 'function' ? whileHere(user) : user,
  }
}

/** A function of this page; once the page is gone, whoever asks it is told so. */
const whileHere =
  <T>(ask: () => T) =>
  async (): Promise<Awaited<T>> => {
    if (!isPageLive()) throw new ChatError('UNAVAILABLE', 'the page that proved its user is gone')
    return await ask()
  }

/** Where this code came from, so that both are of one build; an app that has it in a bundle takes the server's. */
function loaderUrl({ url }: WidgetOptions): string {
  const [, directory = `${url}/`] = /^(.*\/)widget\/[^/]+\/+popout\.js$/.exec(import.meta.url) ?? []
  return `${directory}widget.js`
}

/** What a page with Trusted Types takes from the policy `chatdesk`, if it allows that, and any other page as it is. */
function trust({ trustedTypes }: Popup) {
  const asItIs = (text: string) => text
  const rules = { createHTML: asItIs, createScriptURL: asItIs }
  try {
    return trustedTypes?.createPolicy('chatdesk', rules) ?? rules
  } catch {
    // Where types are named and not required, a text will do.
    return rules
  }
}

/**
 * Makes the window that a panel stands in its own: of its colour to the edges, and ready to be written in. Reloaded, the window
 * would be empty: it closes, and the page that it came from has the conversation.
 */
export function settleIn({ container }: PanelModel): void {
  const drawn = container.querySelector('.panel') as HTMLElement
  pageRoot().style.backgroundColor = getComputedStyle(drawn).backgroundColor
  container.querySelector<HTMLElement>('.input')?.focus()
  onPageHide(closeWindow)
}
