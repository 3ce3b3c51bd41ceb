import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { PanelContext, PanelHandle } from '../launcher/panel-port.js'
import { claimGlobal } from './claim-global.js'
import type { PushCommand } from './command-queue.js'
import { createLoader } from './create-loader.js'
import { createSnippet } from './snippet.js'

const origin = { directory: 'https://chat.example/', panelFolder: 'widget/abc' }
const look = { widgetKey: 'wk_demo', primaryColor: '#10b981', position: 'bottom-right' }
const hosts = () => [...document.querySelectorAll('chatdesk-widget')]
const launcher = () => hosts()[0]?.shadowRoot?.querySelector('button') as HTMLButtonElement

/** The panel's chunk, without a panel. */
function fakeChunk() {
  const calls: string[] = []
  let context: PanelContext | undefined
  const note = (name: string) => () => void calls.push(name)
  const createPanel = (given: PanelContext) => {
    context = given
    return {
      begin: note('begin'),
      open: (byVisitor = true) => void calls.push(byVisitor ? 'open' : 'open quietly'),
      run: async (name: string, args: unknown[]) => void calls.push([name, ...args].join(' ')),
      destroy: note('destroy'),
    } as unknown as PanelHandle
  }
  const importModule = vi.fn(async (_url: string): Promise<unknown> => ({ createPanel }))
  return { calls, importModule, context: () => context }
}

function start(chunk = fakeChunk()): { push: PushCommand; chunk: ReturnType<typeof fakeChunk> } {
  const push = createLoader(origin, chunk.importModule)
  onTestFinished(() => {
    void push(['destroy'])
    sessionStorage.clear()
  })
  return { push, chunk }
}

const answer = (body: unknown) =>
  vi.spyOn(window, 'fetch').mockImplementation(async () => new Response(JSON.stringify(body)))

let errors: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  errors = vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => vi.restoreAllMocks())

describe('the loader', () => {
  it('paints at once when init says how it looks, without waiting for the server', () => {
    vi.spyOn(window, 'fetch').mockReturnValue(new Promise(() => {}))
    const { push } = start()
    push(['init', look])
    expect(launcher().getAttribute('aria-label')).toBe('Open chat')
    expect(launcher().getAttribute('aria-expanded')).toBe('false')
    expect(getComputedStyle(launcher()).backgroundColor).toBe('rgb(16, 185, 129)')
    const { width, height, right, bottom } = launcher().getBoundingClientRect()
    expect([width, height, innerWidth - right, innerHeight - bottom]).toEqual([56, 56, 20, 20])
  })

  it('asks the server how it looks when init does not say; init wins where it does', async () => {
    const fetch = answer({ widget: { name: 'Demo', primaryColor: '#ff0000', position: 'bottom-left', greeting: 'Hi' } })
    const { push } = start()
    push(['init', { widgetKey: 'wk_demo', position: 'bottom-right' }])
    await expect.poll(hosts).toHaveLength(1)
    expect(fetch.mock.calls[0]?.[0]).toBe('https://chat.example/api/chat-widget/public/widget/wk_demo/config')
    expect(getComputedStyle(launcher()).backgroundColor).toBe('rgb(255, 0, 0)')
    expect(innerWidth - launcher().getBoundingClientRect().right).toBe(20)
  })

  it('[G2] draws nothing that is switched off, and says nothing to it', async () => {
    const off = JSON.stringify({ error: { code: 'FORBIDDEN', message: 'This widget is switched off.' } })
    const fetch = vi.spyOn(window, 'fetch').mockImplementation(async () => new Response(off, { status: 403 }))
    const { push, chunk } = start()
    push(['init', { widgetKey: 'wk_demo' }])
    push(['open'])
    await fetch.mock.results[0]?.value
    push(['toggle'])
    // Long after all that hangs on the answer.
    await new Promise((resolve) => setTimeout(resolve))
    expect(hosts()).toEqual([])
    expect(chunk.importModule).not.toHaveBeenCalled()
    // What the owner of the page does next is heard.
    answer({ widget: { name: 'Demo', primaryColor: '#ff0000', position: 'bottom-left', greeting: 'Hi' } })
    push(['destroy'])
    push(['init', { widgetKey: 'wk_demo' }])
    push(['open'])
    await expect.poll(() => chunk.calls).toEqual(['open'])
  })

  it('takes defaults when the server does not answer, or answers nonsense', async () => {
    for (const body of [null, { widget: { primaryColor: 'red;}*{display:none', position: 7 } }]) {
      answer(body)
      const { push } = start()
      push(['init', { widgetKey: 'wk_demo' }])
      await expect.poll(hosts).toHaveLength(1)
      expect(getComputedStyle(launcher()).backgroundColor).toBe('rgb(59, 130, 246)')
      push(['destroy'])
    }
  })

  it('[L4] tells `ready` to who listened before, and to who comes late', async () => {
    const { push } = start()
    const early = vi.fn()
    const late = vi.fn()
    push(['on', 'ready', early])
    push(['init', look])
    await expect.poll(() => early.mock.calls).toHaveLength(1)
    push(['on', 'ready', late])
    await expect.poll(() => late.mock.calls).toHaveLength(1)
    expect(early).toHaveBeenCalledOnce()
  })

  it('loads the panel on a press, once, and gives it the launcher', async () => {
    const { push, chunk } = start()
    push(['init', look])
    launcher().click()
    await expect.poll(() => chunk.calls).toEqual(['open'])
    push(['toggle'])
    await expect.poll(() => chunk.calls).toEqual(['open', 'toggle'])
    expect(chunk.importModule.mock.calls).toEqual([['https://chat.example/widget/abc/panel.js']])
    expect(chunk.context()?.launcher.button).toBe(launcher())
  })

  it('names the chunk that failed, says so, and tries again under another address', async () => {
    const { push, chunk } = start()
    chunk.importModule.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    push(['init', look])
    launcher().click()
    const notice = () => hosts()[0]?.shadowRoot?.querySelector('[role="alert"]')?.textContent
    await expect.poll(notice).toBe('The chat did not load. Press to try again.')
    expect(errors.mock.calls.flat().join()).toContain('https://chat.example/widget/abc/panel.js failed to load')
    launcher().click()
    await expect.poll(() => chunk.calls).toEqual(['open'])
    expect(chunk.importModule).toHaveBeenLastCalledWith('https://chat.example/widget/abc//panel.js')
  })

  it('keeps the wishes of a page from before the look is known, in their order', async () => {
    answer({ widget: null })
    const { push, chunk } = start()
    push(['consent', false])
    push(['init', { widgetKey: 'wk_demo' }])
    push(['open'])
    await expect.poll(() => chunk.calls).toEqual(['consent false', 'open'])
  })

  it('threat 83: where consent is required, it asks no server, reads no storage and opens nothing by itself', async () => {
    sessionStorage.setItem('chatdesk_wk_demo', '{"tabId":"tab-00000001","inUse":false,"token":"t"}')
    const fetch = answer({})
    const read = vi.spyOn(Storage.prototype, 'getItem')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestIdleCallback'] })
    onTestFinished(() => void vi.useRealTimers())
    const { push, chunk } = start()
    push(['init', { widgetKey: 'wk_demo', consent: 'required', autoOpen: true, autoOpenDelay: 0 }])
    expect(hosts()).toHaveLength(1)
    vi.runAllTimers()
    expect(chunk.importModule).not.toHaveBeenCalled()
    expect(fetch).not.toHaveBeenCalled()
    expect(read).not.toHaveBeenCalled()
    vi.useRealTimers()
    push(['consent', true])
    await expect.poll(() => chunk.calls).toEqual(['consent true'])
  })

  it('is idle for its own page alone: what waits for the page does not reach a later widget', async () => {
    sessionStorage.setItem('chatdesk_wk_demo', '{"tabId":"tab-00000001","inUse":false,"token":"t"}')
    vi.useFakeTimers({ toFake: ['requestIdleCallback'] })
    onTestFinished(() => void vi.useRealTimers())
    const { push, chunk } = start()
    push(['init', look])
    push(['destroy'])
    push(['init', { ...look, widgetKey: 'wk_other' }])
    vi.runAllTimers()
    expect(chunk.importModule).not.toHaveBeenCalled()
  })

  it('fetches the panel when the visitor comes near, once, and makes it on a press', async () => {
    const { push, chunk } = start()
    push(['init', look])
    for (const type of ['pointerenter', 'focus']) launcher().dispatchEvent(new Event(type))
    expect(chunk.context()).toBeUndefined()
    launcher().click()
    await expect.poll(() => chunk.calls).toEqual(['open'])
    expect(chunk.importModule).toHaveBeenCalledOnce()
  })

  it('opens by itself where the widget is set up so, unless the page says otherwise', async () => {
    answer({ widget: { name: 'Demo', autoOpen: true, autoOpenDelaySeconds: 0 } })
    const { push, chunk } = start()
    push(['init', look])
    await expect.poll(() => chunk.calls).toEqual(['open quietly'])
    push(['destroy'])
    const other = start()
    await other.push(['init', { ...look, autoOpen: false }])
    await other.push(['toggle'])
    expect(other.chunk.calls).toEqual(['toggle'])
  })

  it('makes the panel for a visitor whom rules may speak to, and begins nothing', async () => {
    answer({ widget: { name: 'Demo', proactiveRules: [{ id: 'help', when: {}, message: 'May I help?' }] } })
    const { push, chunk } = start()
    push(['init', look])
    await expect.poll(() => chunk.context()?.settings?.proactiveRules).toHaveLength(1)
    expect(chunk.calls).toEqual([])
  })

  it('makes no panel where there are none', async () => {
    answer({ widget: { name: 'Demo', proactiveRules: [] } })
    const { push, chunk } = start()
    push(['init', look])
    await expect.poll(() => chunk.importModule.mock.calls).toHaveLength(1)
    expect(chunk.context()).toBeUndefined()
  })

  it('takes a second init for a change, and one for another widget for a clean switch, and goes on telling', async () => {
    const { push, chunk } = start()
    const opened = vi.fn()
    push(['on', 'open', opened])
    push(['init', look])
    push(['open'])
    await push(['init', { ...look, greeting: 'Hi' }])
    expect(chunk.calls).toEqual(['open', 'init [object Object]'])
    await push(['init', { ...look, widgetKey: 'wk_other', primaryColor: '#ff0000' }])
    await expect.poll(() => chunk.calls).toContain('destroy')
    expect(hosts()).toHaveLength(1)
    expect(getComputedStyle(launcher()).backgroundColor).toBe('rgb(255, 0, 0)')
    await push(['open'])
    chunk.context()?.events.emit('open')
    await expect.poll(() => opened.mock.calls).toHaveLength(1)
  })

  it('answers `on` with its end, `once` tells once, `ready` resolves', async () => {
    const { push } = start()
    const heard = vi.fn()
    const once = vi.fn()
    const off = push(['on', 'ready', heard]) as () => void
    off()
    push(['once', 'ready', once])
    const ready = push(['ready'])
    push(['init', look])
    await ready
    expect(heard).not.toHaveBeenCalled()
    expect(once).toHaveBeenCalledOnce()
  })

  it('loads the panel by itself in a tab that has a session, so that the badge is live', async () => {
    sessionStorage.setItem('chatdesk_wk_demo', '{"tabId":"tab-00000001","inUse":false,"token":"t"}')
    const { push, chunk } = start()
    push(['init', look])
    await expect.poll(() => chunk.calls).toEqual(['begin'])
  })

  it('opens by itself when asked, without taking the focus, and not where the visitor closed it', async () => {
    const first = start()
    first.push(['init', { ...look, autoOpen: true, autoOpenDelay: 0 }])
    await expect.poll(() => first.chunk.calls).toEqual(['open quietly'])
    first.push(['destroy'])
    sessionStorage.setItem('chatdesk.closed.wk_demo', '1')
    const second = start()
    second.push(['init', { ...look, autoOpen: true, autoOpenDelay: 0 }])
    second.push(['toggle'])
    await expect.poll(() => second.chunk.calls).toEqual(['toggle'])
  })

  it('[L6] leaves the page as it was found, and starts afresh on a later init', async () => {
    const before = document.documentElement.outerHTML
    const { push, chunk } = start()
    push(['init', look])
    launcher().dispatchEvent(new Event('pointerenter'))
    push(['open'])
    await expect.poll(() => chunk.calls).toEqual(['open'])
    push(['destroy'])
    await expect.poll(() => chunk.calls).toEqual(['open', 'destroy'])
    expect(document.documentElement.outerHTML).toBe(before)
    push(['init', look])
    expect(hosts()).toHaveLength(1)
  })

  it('does not open by itself where the visitor has closed the panel meanwhile, nor after the widget was taken off', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const { push, chunk } = start()
    push(['init', { ...look, autoOpen: true, autoOpenDelay: 5 }])
    sessionStorage.setItem('chatdesk.closed.wk_demo', '1')
    vi.advanceTimersByTime(5_000)
    sessionStorage.clear()
    push(['destroy'])
    push(['init', { ...look, autoOpen: true, autoOpenDelay: 5 }])
    push(['destroy'])
    push(['init', look])
    vi.advanceTimersByTime(5_000)
    expect(chunk.importModule).not.toHaveBeenCalled()
  })

  it('[L6] forgets a destroy without a widget: a later init draws', () => {
    const { push } = start()
    push(['destroy'])
    push(['init', look])
    expect(hosts()).toHaveLength(1)
  })

  it('makes one panel, even when what was asked of it fails', async () => {
    const createPanel = vi.fn(() => ({
      async run() {
        throw new Error('no')
      },
      destroy() {},
    }))
    const push = createLoader(origin, async () => ({ createPanel }))
    onTestFinished(() => void push(['destroy']))
    push(['init', look])
    for (const message of ['first', 'second']) {
      push(['open'])
      await expect.poll(() => errors.mock.calls.flat().join()).toContain('"open" failed')
      errors.mockClear()
      expect(createPanel, message).toHaveBeenCalledOnce()
    }
  })

  it('draws nothing when it was destroyed before its look came', async () => {
    let give = (_response: Response) => {}
    vi.spyOn(window, 'fetch').mockReturnValue(new Promise((resolve) => (give = resolve)))
    const { push } = start()
    push(['init', { widgetKey: 'wk_demo' }])
    push(['destroy'])
    give(new Response('{"widget":null}'))
    await new Promise((resolve) => setTimeout(resolve))
    expect(hosts()).toEqual([])
  })

  it('takes the `organizationId` of the first guide for a key', () => {
    const { push } = start()
    push(['init', { organizationId: 'c785d757', departmentId: 'x', primaryColor: '#3B82F6', position: 'bottom-right' }])
    expect(hosts()).toHaveLength(1)
    expect(errors).not.toHaveBeenCalled()
  })

  it('threat 22: takes nothing from a polluted prototype', () => {
    const prototype = Object.prototype as Record<string, unknown>
    prototype.widgetKey = 'wk_evil'
    onTestFinished(() => {
      delete prototype.widgetKey
    })
    const { push } = start()
    push(['init', { primaryColor: '#3b82f6', position: 'bottom-right' }])
    expect(hosts()).toEqual([])
    expect(errors.mock.calls.flat()).toContain('"init" failed')
  })
})

describe('the script on a page', () => {
  const globals = window as unknown as Record<string, unknown>
  const runLoader = () => claimGlobal('widget/abc')
  const init = { ...look, url: 'https://chat.example' }

  afterEach(() => {
    for (const name of ['chatdesk', 'support', 'ChatDesk']) {
      if (typeof globals[name] === 'function') (globals[name] as (name: string) => void)('destroy')
      delete globals[name]
    }
  })

  it('[L2] drains what the snippet of the first guide has queued, under the name that it gives', async () => {
    const name = 'support'
    // The guide's text, but for the element that fetches the script.
    globals.ChatDesk = name
    globals[name] = function stub(this: unknown) {
      const self = globals[name] as { q?: unknown[] }
      self.q = self.q ?? []
      // biome-ignore lint/complexity/noArguments: the guide's snippet pushes exactly this
      self.q.push(arguments)
    }
    ;(globals[name] as (...args: unknown[]) => void)('init', init)
    runLoader()
    expect(hosts()).toHaveLength(1)
    expect(globals.chatdesk).toBeUndefined()
  })

  it('drains what our own snippet has queued', async () => {
    const text = createSnippet({ widgetKey: 'wk_demo', url: 'https://chat.example', options: init })
    const code = text.replace(/<\/?script>/g, '')
    const append = vi.spyOn(document.head, 'appendChild').mockImplementation((node) => node)
    const script = document.createElement('script')
    script.textContent = code
    document.body.append(script)
    script.remove()
    const fetched = append.mock.calls[0]?.[0] as HTMLScriptElement | undefined
    expect(fetched?.src).toBe('https://chat.example/widget.js')
    runLoader()
    expect(hosts()).toHaveLength(1)
  })

  it('works by its plain form, with one global', async () => {
    const before = Object.keys(window)
    runLoader()
    ;(globals.chatdesk as (...args: unknown[]) => void)('init', init)
    expect(hosts()).toHaveLength(1)
    expect(Object.keys(window).filter((name) => !before.includes(name))).toEqual(['chatdesk'])
  })

  it('takes commands as methods as well, and is no promise', async () => {
    runLoader()
    const chatdesk = globals.chatdesk as Record<string, (...args: unknown[]) => unknown>
    void chatdesk.init?.(init)
    expect(hosts()).toHaveLength(1)
    expect(chatdesk.then).toBeUndefined()
    expect(chatdesk.version).toBe('widget/abc')
  })

  it('[L2] does nothing the second time but say so', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    runLoader()
    const first = globals.chatdesk
    runLoader()
    expect(globals.chatdesk).toBe(first)
    expect(warn).toHaveBeenCalledOnce()
  })

  it.each([
    '<a id="chatdesk"></a><a id="ChatDesk"></a>',
    '<a id="chatdesk"></a><a id="chatdesk" name="q"></a>',
    '<form id="chatdesk"><input name="q"><input name="version"></form><img name="currentScript">',
  ])('threat 22: is not fooled by elements that are called like it: %s', async (html) => {
    const clobber = document.createElement('div')
    clobber.innerHTML = html
    document.body.append(clobber)
    onTestFinished(() => clobber.remove())
    runLoader()
    ;(globals.chatdesk as (...args: unknown[]) => void)('init', init)
    expect(hosts()).toHaveLength(1)
  })
})
