import { render } from 'preact'
import { CLOSED, keep } from '../launcher/browser-tab-memory.js'
import { createElement, listen, onPageVisibility, whenIdle } from '../launcher/host-page.js'
import type { PanelContext, PanelHandle } from '../launcher/panel-port.js'
import type { BrowserClient } from '../mount/create-browser-client.js'
import type { Texts } from '../text/en.js'
import { conversationTexts } from '../text/en-panel.js'
import type { Language } from '../text/load-language.js'
import { createTimeFormat } from '../text/time-format.js'
import { brandColor } from '../theme/brand-color.js'
import panelCss from '../theme/panel.css?inline'
import { themeStyle } from '../theme/theme-style.js'
import { controlLauncher } from './control-launcher.js'
import { fetchedOnce } from './fetched-once.js'
import type { FullPanelState } from './full-panel.js'
import { Panel } from './panel.js'
import type { PanelModel, PanelState } from './panel-model.js'

/** Milliseconds that a first connection may take before anybody is told. */
const QUIET_MS = 1000

/** Draws a panel for a client, closed. The client stays its maker's: `destroy` does not end it. */
export function createPanelView(
  client: BrowserClient,
  context: PanelContext,
  language: Language,
): PanelHandle & Pick<PanelModel, 'speak' | 'applyOptions'> {
  const { launcher, options, events } = context
  const { root } = launcher
  launcher.addStyle(panelCss)
  const replaceTheme = launcher.addStyle('')
  const container = createElement('div')
  container.className = 'root'
  let begun = false
  let due = false
  let mounted = true
  let quiet: ReturnType<typeof setTimeout> | undefined
  let english: Partial<Texts> = conversationTexts
  const loadCommands = fetchedOnce(() => import('./commands.js'))
  /** What a page has said of consent counts before a session begins: a disk that was refused once is not asked again. */
  let consented: Promise<unknown> = Promise.resolve()

  let state: FullPanelState = {
    open: false,
    expanded: false,
    fullScreen: undefined,
    settings: null,
    team: '',
    greeting: '',
    patient: true,
    extras: null,
    view: null,
    ...speaking(),
  }
  const actions = {
    client,
    options,
    launcher,
    events,
    container,
    update,
    learn,
    speak,
    applyOptions,
    show: open,
    begin() {
      if (begun) return
      begun = true
      // The banner shows how it ended.
      consented.then(client.start).catch(() => {})
    },
    close() {
      keep(options, CLOSED, '1')
      close()
    },
  } satisfies Partial<PanelModel>

  function speaking(): Pick<PanelState, 'locale' | 'texts' | 'time'> {
    const { locale } = language
    const texts = { ...english, ...language.texts, ...options.texts } as Texts
    launcher.root.host.setAttribute('lang', locale)
    // The only two of ours that are written from right to left.
    container.dir = /^(ar|ur)/.test(locale) ? 'rtl' : 'ltr'
    return { locale, texts, time: createTimeFormat(locale, texts, Date.now) }
  }

  function draw(): void {
    due = false
    if (!mounted) return
    control.draw({ ...state, unread: client.$unreadCount.get() })
    render(<Panel panel={{ ...actions, ...state }} />, container)
  }
  /** Draws once for all changes of one turn. */
  function drawSoon(): void {
    if (!due) queueMicrotask(draw)
    due = true
  }
  function update(changes: Partial<FullPanelState>): void {
    state = { ...state, ...changes }
    drawSoon()
  }
  function applyOptions(): void {
    const settings = client.$settings.get() ?? context.settings
    const greeting = `${options.greeting ?? settings?.greeting ?? ''}`
    update({ settings, team: settings?.name ?? '', greeting, ...speaking() })
    replaceTheme(themeStyle(brandColor(options, settings), options.theme))
    root.host.classList.toggle('left', (options.position ?? settings?.position) === 'bottom-left')
  }
  function speak(next: Language): void {
    language = next
    update(speaking())
  }
  function learn(texts: Partial<Texts>): void {
    english = { ...english, ...texts }
    update(speaking())
  }
  function open(byVisitor = true): void {
    if (state.open || events.gate?.holdsOpening(byVisitor, open)) return
    update({ open: true })
    // At once: a phone shows its keyboard only for a focus that is taken within the press.
    draw()
    if (byVisitor) root.querySelector<HTMLElement>('.input')?.focus()
    events.emit('open')
  }
  function close(): void {
    if (!state.open) return
    // Before the panel goes: hiding what has the focus would throw it to the top of the page.
    if (root.activeElement) launcher.button.focus()
    update({ open: false })
    draw()
    events.emit('close')
  }
  const toggle = () => (state.open ? actions.close() : open())
  const control = controlLauncher(launcher, toggle)

  const loadExtras = fetchedOnce(async () => {
    const extras = await import('./extras.js')
    launcher.addStyle(extras.extrasCss)
    learn(extras.extraTexts)
    update({ extras })
  })
  // What could not be fetched is fetched with the next connection.
  const bringExtras = () => whenIdle(() => void (mounted && loadExtras().catch(() => {})))

  const onKey = (event: Event) => {
    event.stopPropagation()
    const { type, key, isComposing } = event as KeyboardEvent
    if (type === 'keydown' && key === 'Escape' && !isComposing && state.open) actions.close()
  }

  const stops = [
    // Keys typed into the chat are not for the shortcuts of the page.
    listen(root, 'keydown keyup keypress', onKey),
    listen(root, 'keydown pointerdown pointermove wheel', client.noteActivity),
    client.$settings.subscribe(applyOptions),
    client.$connection.subscribe((connection) => {
      const { status } = connection
      // Switched off (G2).
      if (status === 'failed' && connection.error.code === 'FORBIDDEN') {
        close()
        launcher.remove()
      }
      clearTimeout(quiet)
      if (status === 'connecting') quiet = setTimeout(() => update({ patient: false }), QUIET_MS)
      else update({ patient: status === 'online' || status === 'idle' })
      if (status === 'online') bringExtras()
    }),
    // The banner is for the visitor; the site's developer is told what was refused.
    client.on('error', (error) => console.error('[chatdesk]', error.code, error.message)),
    client.$unreadCount.listen((count) => events.emit('unread', { count })),
    client.on('message', (message) => events.emit('message', message)),
    onPageVisibility(drawSoon),
    ...[client.$timeline, client.$conversation, client.$typing, client.$unreadCount, client.$persistence].map((store) =>
      store.listen(drawSoon),
    ),
  ]
  root.append(container)
  events.gate?.join({ ...actions, ...state })
  draw()
  bringExtras()

  return {
    client,
    begin: actions.begin,
    open,
    speak,
    applyOptions,
    async run(name, args) {
      const simple = args.length ? undefined : { __proto__: null, open, close, toggle }[name]
      if (simple) return simple()
      const done = loadCommands().then(({ runCommand }) => runCommand({ ...actions, ...state }, name, args))
      if (name === 'consent') consented = done.catch(() => {})
      return done
    },
    destroy() {
      mounted = false
      control.release()
      clearTimeout(quiet)
      for (const stop of stops) stop()
      render(null, container)
      container.remove()
    },
  }
}
