import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

/** What was heard and seen, in place of a loudspeaker and a desktop. */
let heard = 0
let notices: FakeNotice[] = []

class FakeNotice {
  static permission: NotificationPermission = 'default'
  static requestPermission = vi.fn(async () => {
    FakeNotice.permission = 'granted'
    return FakeNotice.permission
  })
  onclick = () => {}
  close = vi.fn()
  constructor(
    readonly title: string,
    readonly options: NotificationOptions,
  ) {
    notices.push(this)
  }
}

class HeardContext extends AudioContext {
  override createOscillator(): OscillatorNode {
    heard += 1
    return super.createOscillator()
  }
}

let visibility: ReturnType<typeof vi.spyOn>
const setVisible = (visible: boolean) => {
  visibility.mockReturnValue(visible ? 'visible' : 'hidden')
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(async () => {
  heard = 0
  notices = []
  FakeNotice.permission = 'default'
  FakeNotice.requestPermission.mockClear()
  vi.stubGlobal('AudioContext', HeardContext)
  vi.stubGlobal('Notification', FakeNotice)
  visibility = vi.spyOn(document, 'visibilityState', 'get')
  setVisible(true)
  const forget = () => {
    localStorage.clear()
    sessionStorage.clear()
  }
  forget()
  onTestFinished(() => {
    forget()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
  await page.viewport(900, 700)
})

const part = (name: string) => shadow().querySelector(`[data-part="${name}"]`)

/** A widget in a conversation, closed, whose visitor has touched the page. */
async function talk(options: Parameters<typeof mountTestWidget>[0] = {}) {
  const mounted = mountTestWidget({ open: true, ...options })
  const { handle } = mounted
  await handle.client.start()
  await handle.client.sendMessage('Hello')
  const bell = vi.spyOn(navigator.locks, 'request')
  await expect.poll(() => part('input')).not.toBeNull()
  await userEvent.click(shadow().querySelector('textarea') as Element)
  // Its chunk is there when it takes what arrives.
  await expect
    .poll(async () => {
      mounted.server.agentSays('Are you there?')
      await new Promise((resolve) => queueMicrotask(() => resolve(undefined)))
      return bell.mock.calls.length
    })
    .toBeGreaterThan(0)
  await userEvent.click(shadow().querySelector('textarea') as Element)
  handle.close()
  const taken = async (say: () => unknown) => {
    const before = bell.mock.calls.length
    say()
    await expect.poll(() => bell.mock.calls.length).toBe(before + 1)
    await bell.mock.results.at(-1)?.value
  }
  return { ...mounted, taken }
}

describe('a message that nobody sees arrive', () => {
  it('is heard once, and one that is read is not, nor one’s own', async () => {
    const { handle, server, taken } = await talk()
    expect(heard).toBe(0)
    await taken(() => server.agentSays('Hello'))
    // Two notes.
    await expect.poll(() => heard).toBe(2)
    handle.open()
    await taken(() => server.agentSays('And this'))
    handle.close()
    await handle.client.sendMessage('Thank you')
    await taken(() => server.agentSays('Another'))
    await expect.poll(() => heard).toBe(4)
  })

  it('is heard no more once the page, or the visitor, says so', async () => {
    const { handle, server, taken } = await talk()
    await handle.run('mute', [])
    await taken(() => server.agentSays('Hello'))
    expect(heard).toBe(0)
    await handle.run('mute', [false])
    await taken(() => server.agentSays('Hello again'))
    await expect.poll(() => heard).toBe(2)

    handle.open()
    await userEvent.click(page.getByRole('button', { name: 'Options' }))
    await userEvent.click(page.getByRole('menuitem', { name: 'Turn sounds off' }))
    handle.close()
    await taken(() => server.agentSays('A third time'))
    expect(heard).toBe(2)
    expect(localStorage.getItem('chatdesk.sound.wk_demo')).toBe('off')
  })

  it('is another tab’s when that one was first', async () => {
    const { server, taken } = await talk()
    const real = Storage.prototype.getItem
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(function (this: Storage, name) {
      return name.startsWith('chatdesk.taken.') ? (server.log().events.at(-1)?.id ?? null) : real.call(this, name)
    })
    await taken(() => server.agentSays('Hello'))
    expect(heard).toBe(0)
  })

  it('makes no sound, and no error, in a browser that has none', async () => {
    vi.stubGlobal('AudioContext', undefined)
    const { server, taken } = await talk()
    await taken(() => server.agentSays('Hello'))
    expect(heard).toBe(0)
  })
})

describe('notifications', () => {
  it('are offered after the first message, once, and the browser is asked only upon a yes', async () => {
    const { handle, server, taken } = await talk()
    handle.open()
    await handle.client.sendMessage('One more thing')
    await expect.element(page.getByText('Would you like a notification')).toBeVisible()
    expect(await violations()).toEqual([])
    expect(FakeNotice.requestPermission).not.toHaveBeenCalled()
    await userEvent.click(page.getByRole('button', { name: 'Yes, please' }))
    expect(FakeNotice.requestPermission).toHaveBeenCalledOnce()
    expect(part('offer')).toBeNull()
    expect(shadow().activeElement?.tagName).toBe('TEXTAREA')
    await handle.client.sendMessage('And another')
    expect(part('offer')).toBeNull()

    setVisible(false)
    await taken(() => server.agentSays('Your code is 4711'))
    await expect.poll(() => notices).toHaveLength(1)
    const [notice] = notices
    expect(JSON.stringify([notice?.title, notice?.options])).not.toContain('4711')
    expect(notice).toMatchObject({ title: 'Demo', options: { body: 'New message', tag: 'chatdesk_wk_demo' } })
    handle.close()
    const focus = vi.spyOn(window, 'focus').mockImplementation(() => {})
    notice?.onclick()
    expect(focus).toHaveBeenCalledOnce()
    await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
  })

  it('show the words where the owner wants it, go when the page is seen, and can be switched off again', async () => {
    const { handle, server, taken } = await talk({
      server: (server) => server.changeWidget({ notificationWords: true }),
    })
    handle.open()
    const choose = async (name: string) => {
      await userEvent.click(page.getByRole('button', { name: 'Options' }))
      await userEvent.click(page.getByRole('menuitem', { name }))
    }
    await choose('Turn notifications on')
    await expect.poll(() => localStorage.getItem('chatdesk.notify.wk_demo')).toBe('on')
    setVisible(false)
    await taken(() => server.agentSays('Your parcel is here'))
    await expect.poll(() => notices[0]?.options.body).toBe('Your parcel is here')
    setVisible(true)
    expect(notices[0]?.close).toHaveBeenCalled()
    await choose('Turn notifications off')
    await expect.poll(() => localStorage.getItem('chatdesk.notify.wk_demo')).toBe('off')
    setVisible(false)
    await taken(() => server.agentSays('Still here'))
    expect(notices).toHaveLength(1)
  })

  it('are not offered where the browser has refused them, or nothing may be kept', async () => {
    FakeNotice.permission = 'denied'
    const { handle } = await talk()
    handle.open()
    await handle.client.sendMessage('Hello?')
    expect(part('offer')).toBeNull()
    await userEvent.click(page.getByRole('button', { name: 'Options' }))
    await expect.element(page.getByRole('menuitem', { name: 'Turn sounds off' })).toBeVisible()
    expect(page.getByRole('menuitem', { name: 'Turn notifications on' }).elements()).toEqual([])
  })
})
