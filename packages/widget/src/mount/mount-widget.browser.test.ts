import { testIdentity } from '@chatdesk/core/testing'
import { expect, it, onTestFinished, vi } from 'vitest'
import { mountTestWidget } from '../testing/mount-test-widget.js'

const input = () =>
  document.querySelector('chatdesk-widget')?.shadowRoot?.querySelector('textarea') as HTMLTextAreaElement

function write(text: string): void {
  input().value = text
  input().dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
}

it('threat 83: an installed widget keeps nothing before consent, and from then on what it knows', async () => {
  sessionStorage.clear()
  onTestFinished(() => sessionStorage.clear())
  const identity = testIdentity()
  const remember = vi.spyOn(identity, 'remember')
  const { handle } = mountTestWidget({ consent: 'required', open: true, client: { identity } })
  await expect.poll(() => handle.client.$connection.get().status).toBe('online')
  const known = remember.mock.lastCall?.[0]
  write('a draft')
  handle.close()
  expect(Object.keys(sessionStorage)).toEqual([])

  remember.mockClear()
  await handle.consent(true)
  expect(remember).toHaveBeenCalledExactlyOnceWith({ token: known?.token, visitorToken: known?.visitorToken })
  handle.open()
  write('another draft')
  expect(Object.keys(sessionStorage)).toEqual(['chatdesk.draft.wk_demo'])

  await handle.consent(false)
  expect(Object.keys(sessionStorage)).toEqual([])
  write('a last draft')
  expect(Object.keys(sessionStorage)).toEqual([])
})

it('does not open by itself before consent: nobody may look whether the visitor has closed it', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const opened = vi.fn()
  for (const consent of ['required', 'on-interaction'] as const) {
    const { handle } = mountTestWidget({ consent, autoOpen: true })
    handle.on('open', () => opened(consent))
    vi.advanceTimersByTime(5_000)
  }
  vi.useRealTimers()
  return expect.poll(() => opened.mock.calls).toEqual([['on-interaction']])
})

it('keeps what memory knows as soon as consent comes, and waits for no device hint', async () => {
  const { handle } = mountTestWidget({
    consent: 'required',
    fingerprint: true,
    open: true,
    browserIdentity: true,
  })
  await expect.poll(() => handle.client.$connection.get().status).toBe('online')
  await handle.consent(true)
  onTestFinished(() => handle.consent(false))
  expect(document.cookie).toContain('chatdesk_wk_demo=')
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  expect(fetched.filter((name) => name.includes('fingerprint'))).toEqual([])
})

it('goes on with the session of the page before when consent comes again', async () => {
  const before = JSON.stringify({ tabId: 'tab-of-before', inUse: false, token: 'token-of-before' })
  sessionStorage.setItem('chatdesk_wk_demo', before)
  const asked: unknown[] = []
  const { handle } = mountTestWidget({
    consent: 'required',
    browserIdentity: true,
    client: {
      fetch: async (_url, request) => {
        asked.push(JSON.parse(String(request?.body)))
        return new Response('{}', { status: 503 })
      },
    },
  })
  onTestFinished(() => handle.consent(false))
  await handle.consent(true)
  await expect.poll(() => asked[0]).toMatchObject({ tabId: 'tab-of-before', token: 'token-of-before' })
})

it('speaks the language of the page, and keeps the texts that the page has replaced', async () => {
  const { handle } = mountTestWidget({ open: true, locale: 'de-AT', texts: { minimise: 'Zu damit' } })
  const root = document.querySelector('chatdesk-widget')?.shadowRoot
  await expect.poll(() => root?.querySelector('textarea')?.placeholder).toBe('Nachricht schreiben …')
  expect(root?.querySelector('[aria-label="Zu damit"]')).not.toBeNull()
  expect(root?.host.getAttribute('lang')).toBe('de-AT')
  handle.close()
  expect(root?.querySelector('[part="launcher"]')?.getAttribute('aria-label')).toBe('Chat öffnen')
})

it('takes other options while it stands, and those alone that can change', async () => {
  const { handle } = mountTestWidget({ open: true, greeting: 'Hello' })
  const root = document.querySelector('chatdesk-widget')?.shadowRoot
  const changes = {
    greeting: 'Good evening',
    position: 'bottom-left' as const,
    texts: { send: 'Off it goes' },
    widgetKey: 'wk_other',
  }
  await handle.run('update', [changes])
  await expect.poll(() => root?.querySelector('[data-part="greeting"]')?.textContent).toContain('Good evening')
  expect(root?.host.className).toBe('left')
  expect(root?.querySelector('[aria-label="Off it goes"]')).not.toBeNull()
  await expect(handle.run('fly' as 'open', [])).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
})

it('looks and opens as its owner has set it up, before anybody has touched it; not at all when it is switched off', async () => {
  const answer = (init: ResponseInit, widget: object) =>
    vi.fn<typeof fetch>(async () => Response.json({ widget }, init))
  const get = answer({}, { name: 'Acme', position: 'bottom-left', autoOpen: true, autoOpenDelaySeconds: 0 })
  mountTestWidget({ client: { fetch: get } })
  const host = () => document.querySelector('chatdesk-widget')
  await expect.poll(() => host()?.classList.contains('left')).toBe(true)
  await expect.poll(() => host()?.shadowRoot?.querySelector('dialog')?.open).toBe(true)
  expect(get.mock.calls.map(([address]) => String(address))[0]).toMatch(/\/public\/widget\/wk_demo\/config$/)

  const refusing = answer({ status: 403 }, {})
  mountTestWidget({ widgetKey: 'wk_off', client: { fetch: refusing } })
  await expect.poll(() => document.querySelectorAll('chatdesk-widget')).toHaveLength(1)

  const silent = answer({}, {})
  mountTestWidget({ widgetKey: 'wk_asking', consent: 'required', client: { fetch: silent } })
  expect(silent).not.toHaveBeenCalled()
})
