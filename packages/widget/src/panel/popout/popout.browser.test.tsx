import type { TestServer } from '@chatdesk/core/testing'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { chooseFromMenu } from '../../testing/choose-from-menu.js'
import { drawn, shadow } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

/** Where the script of these windows comes from. */
const FIXTURES = new URL('__fixtures__', import.meta.url).href
const shared = (server: TestServer) => server.changeWidget({ tabs: 'shared' })

interface Filled extends Window {
  told: [command: string, ...args: unknown[]][]
}

/** Mounts a widget whose windows stand in a frame of this page, and counts those that are asked for. */
async function mount(options: Parameters<typeof mountTestWidget>[0] = {}) {
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const popup = frame.contentWindow as unknown as Filled
  const close = vi.spyOn(popup, 'close').mockImplementation(() => {})
  const open = vi.spyOn(window, 'open').mockImplementation(() => popup)
  onTestFinished(() => {
    open.mockRestore()
    frame.remove()
  })
  const mounted = mountTestWidget({ open: true, url: FIXTURES, server: shared, ...options })
  await mounted.handle.client.start()
  return { ...mounted, popup, close, open }
}

const toldOf = ({ told }: Filled) => told.map(([command]) => command)

beforeEach(() => page.viewport(900, 700))

describe('a window of its own', () => {
  it('is given the loader and the options of the page by their values, and closes the panel', async () => {
    const traits = { name: 'Asha' }
    const { handle, popup, open } = await mount({ locale: 'ar', traits, texts: { send: 'Off you go' }, theme: 'dark' })
    await expect.poll(() => drawn('panel').closest('.root')?.getAttribute('dir')).toBe('rtl')
    const opened: string[] = []
    handle.on('popout', ({ type }) => opened.push(type))
    await handle.run('popout', [])
    expect(open).toHaveBeenCalledExactlyOnceWith('', 'chatdesk-wk_demo', expect.stringContaining('popup'))
    expect(toldOf(popup)).toEqual(['init', 'inline', 'popout', 'start'])
    const [, given] = popup.told[0] as [string, Record<string, unknown>]
    expect(given).toEqual({
      widgetKey: 'wk_demo',
      url: FIXTURES,
      locale: 'ar',
      traits,
      texts: { send: 'Off you go' },
      theme: 'dark',
      autoOpen: false,
      popout: false,
      user: undefined,
    })
    expect(given.traits).not.toBe(traits)
    const { document } = popup
    expect(document.compatMode).toBe('CSS1Compat')
    expect(document.documentElement).toMatchObject({ lang: 'ar', dir: 'rtl' })
    expect(document.title).not.toBe('')
    expect(popup.location.href).toBe(location.href.split('#')[0])
    expect(popup.told[1]?.[1]).toBe(document.querySelector('main'))
    await expect.poll(() => shadow().querySelector('dialog')?.open).toBe(false)
    await expect.poll(() => opened).toEqual(['popout'])
  })

  it('is filled once', async () => {
    const { handle, popup } = await mount()
    await handle.run('popout', [])
    await handle.run('popout', [])
    expect(toldOf(popup)).toHaveLength(4)
  })

  it('asks for proofs as long as the page stands', async () => {
    const { handle, popup } = await mount({ user: () => ({ token: 'a proof' }) })
    await handle.run('popout', [])
    const [, given] = popup.told[0] as [string, { user: () => Promise<unknown> }]
    await expect(given.user()).resolves.toEqual({ token: 'a proof' })
  })

  it('is in the menu of a wide screen, unless the page says otherwise', async () => {
    const { popup } = await mount()
    await chooseFromMenu('Open in a window')
    await expect.poll(() => popup.told?.length).toBe(4)
  })

  it.each([
    ['the screen is small', {}, 700],
    ['the page wants none', { popout: false }, 900],
    ['each tab has a conversation of its own', { server: () => {} }, 900],
    ['nothing may be stored', { consent: 'required' as const }, 900],
  ])('is not in the menu where %s', async (_, options, width) => {
    await page.viewport(width, 700)
    await mount(options)
    await userEvent.click(page.getByRole('button', { name: 'Options' }))
    await expect.element(page.getByRole('menuitem', { name: 'Search messages' })).toBeVisible()
    expect(page.getByRole('menuitem', { name: 'Open in a window' }).query()).toBeNull()
  })

  it('would go round those who intercept: it is refused, and none is opened', async () => {
    const { handle, open } = await mount()
    await handle.run('use', ['beforeSend', () => undefined])
    await expect(handle.run('popout', [])).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
    expect(open).not.toHaveBeenCalled()
  })

  it('that the browser does not open is refused, and the panel stays', async () => {
    const { handle, open } = await mount()
    open.mockReturnValue(null)
    await expect(handle.run('popout', [])).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(shadow().querySelector('dialog')?.open).toBe(true)
  })

  it('whose script does not come is closed, and the panel stays', async () => {
    const { handle, close } = await mount({ url: `${FIXTURES}/nowhere` })
    await expect(handle.run('popout', [])).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true })
    expect(close).toHaveBeenCalledOnce()
    expect(shadow().querySelector('dialog')?.open).toBe(true)
  })

  it('runs what the page has pinned, and nothing else (threat 20)', async () => {
    const { handle, popup } = await mount()
    const stand = (attributes: Partial<HTMLScriptElement>) => {
      const script = Object.assign(document.createElement('script'), attributes)
      document.body.append(script)
      onTestFinished(() => script.remove())
    }
    const integrity = `sha384-${'A'.repeat(64)}`
    stand({ type: 'text/plain', src: `${FIXTURES}/widget.js`, integrity })
    stand({ type: 'importmap', text: '{ "integrity": { "https://chat.example/a<b.js": "sha384-a" } }' })
    await expect(handle.run('popout', [])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(popup.told).toBeUndefined()
    const [map, loader] = popup.document.scripts
    expect(JSON.parse(map?.text ?? '')).toEqual({ integrity: { 'https://chat.example/a<b.js': 'sha384-a' } })
    expect(loader).toMatchObject({ integrity, crossOrigin: 'anonymous' })
  })

  it('leaves a panel that fills an element of the page where it is', async () => {
    const target = document.createElement('div')
    document.body.append(target)
    onTestFinished(() => target.remove())
    const { handle, popup } = await mount({ mode: 'inline', target })
    await handle.run('popout', [])
    expect(toldOf(popup)).toHaveLength(4)
    await expect.element(page.getByRole('region', { name: 'Chat' })).toBeVisible()
  })
})
