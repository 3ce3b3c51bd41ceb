import type { TestServer } from '@chatdesk/core/testing'
import { ChatError, type WidgetSettings } from '@chatdesk/protocol'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { mountTestWidget } from '../testing/mount-test-widget.js'

const composer = () => page.getByRole('textbox', { name: 'Your message' })
const log = () => page.getByRole('log')
const launcher = () => page.getByRole('button', { name: /open chat/i })
const bubbles = () => [...shadow().querySelectorAll('[data-part="bubble"]')].map((bubble) => bubble.textContent)

function shadow(): ShadowRoot {
  const root = document.querySelector('chatdesk-widget')?.shadowRoot
  if (!root) throw new Error('There is no widget.')
  return root
}

/** The part that has the focus. */
const focused = () => (shadow().activeElement as HTMLElement | null)?.dataset.part

async function violations() {
  const { violations } = await axe.run(document.querySelector('chatdesk-widget') as Element, {
    // About whole pages, and this one holds nothing but a widget.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  })
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)])
}

describe('the panel', () => {
  it('opens with the focus in the composer, and closes on Escape back to the launcher', async () => {
    mountTestWidget()
    await userEvent.click(launcher())
    await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
    await expect.poll(focused).toBe('input')
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    await expect.poll(focused).toBe('launcher')
    await expect.element(launcher()).toHaveAttribute('aria-expanded', 'false')
  })

  it('leaves the launcher in its corner, and stands in line with it', async () => {
    await page.viewport(1280, 800)
    mountTestWidget({ open: true })
    await expect.poll(focused).toBe('input')
    for (const animation of shadow().getAnimations()) animation.finish()
    const right = (part: string) =>
      innerWidth - (shadow().querySelector(`[data-part=${part}]`)?.getBoundingClientRect().right ?? 0)
    expect([right('launcher'), right('panel')]).toEqual([20, 20])
  })

  it('greets, sends, and shows how far a message has come', async () => {
    const { server } = mountTestWidget({ open: true })
    await expect.element(log()).toHaveTextContent('Hello! How can we help?')
    await userEvent.fill(composer(), 'Good morning')
    await userEvent.keyboard('{Enter}')
    await expect.element(composer()).toHaveValue('')
    await expect.element(page.getByText('Sent', { exact: true })).toBeInTheDocument()
    expect(bubbles()).toEqual(['Hello! How can we help?', 'Good morning'])
    server.reads('team')
    await expect.element(page.getByText('Read', { exact: true })).toBeInTheDocument()
  })

  it('shows who answers, and that they type', async () => {
    const { server } = mountTestWidget({ open: true, server: (server) => server.startConversation() })
    await expect.element(page.getByRole('heading')).toHaveTextContent('Demo')
    await expect.poll(() => server.connections).toBe(1)
    server.types('agent', true)
    await expect.element(page.getByText('Asha is typing')).toBeInTheDocument()
    server.agentSays('Hello, I am Asha.')
    await expect.element(page.getByRole('heading')).toHaveTextContent('Asha')
    await expect.element(log()).toHaveTextContent('Asha joined the conversation')
    await expect.element(page.getByText('Asha is typing')).not.toBeInTheDocument()
  })

  it('[B7] shows what the assistant writes as it writes it, unread to whoever listens, and no longer than that', async () => {
    const { server } = mountTestWidget({ open: true, server: (server) => server.startConversation() })
    await expect.poll(() => server.connections).toBe(1)
    server.types('agent', true, { draft: 'It costs <b>Rs.</b> 1,499.' })
    await expect.element(page.getByText('It costs <b>Rs.</b> 1,499.')).toBeInTheDocument()
    server.types('agent', true, { draft: 'It costs <b>Rs.</b> 1,499. It takes a week.' })
    const draft = page.getByText('It takes a week.')
    await expect.element(draft).toHaveTextContent('It costs <b>Rs.</b> 1,499. It takes a week.')
    expect(draft.element().closest('[aria-hidden=true]')).not.toBeNull()
    server.types('agent', false)
    await expect.element(draft).not.toBeInTheDocument()
  })

  it('breaks the line on Shift+Enter and grows with the text, up to five lines', async () => {
    mountTestWidget({ open: true })
    await userEvent.click(composer())
    const { height } = composer().element().getBoundingClientRect()
    await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two')
    await expect.element(composer()).toHaveValue('one\ntwo')
    expect(composer().element().getBoundingClientRect().height).toBeGreaterThan(height)
    await userEvent.fill(composer(), 'line\n'.repeat(20))
    await expect.poll(() => composer().element().getBoundingClientRect().height).toBeLessThanOrEqual(height + 4 * 22)
  })

  it('never sends while an input method composes', async () => {
    const { server } = mountTestWidget({ open: true })
    await userEvent.fill(composer(), 'にほん')
    const enter = (init: KeyboardEventInit) =>
      composer()
        .element()
        .dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true, ...init }),
        )
    expect(enter({ isComposing: true })).toBe(true)
    // Safari ends the composition first, and then sends the key that ended it.
    expect(enter({ keyCode: 229 })).toBe(true)
    await expect.element(composer()).toHaveValue('にほん')
    expect(enter({})).toBe(false)
    await expect.poll(() => server.received.some(({ type }) => type === 'message.send')).toBe(true)
    expect(server.received.filter(({ type }) => type === 'message.send')).toHaveLength(1)
  })

  it('sends nothing but white space, and nothing too long, and says how much is too much', async () => {
    const { server } = mountTestWidget({ open: true })
    await userEvent.fill(composer(), ' \n ')
    await userEvent.keyboard('{Enter}')
    await userEvent.fill(composer(), 'x'.repeat(5003))
    await expect.element(page.getByText('3 characters too many')).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.element(composer()).toHaveValue('x'.repeat(5003))
    await userEvent.fill(composer(), 'x'.repeat(4990))
    await expect.element(page.getByText('10 characters left')).toBeVisible()
    expect(server.received.filter(({ type }) => type === 'message.send')).toEqual([])
  })

  it('keeps a failed message with its reason, and a way to send or delete it', async () => {
    const { server } = mountTestWidget({ open: true })
    server.refuse('message.send', new ChatError('RATE_LIMITED', 'Slow down.'))
    server.refuse('message.send', new ChatError('VALIDATION_FAILED', 'No.'), 2)
    await userEvent.fill(composer(), 'Are you there?')
    await userEvent.click(page.getByRole('button', { name: 'Send message' }))
    await expect.element(page.getByText(/Not sent\./)).toBeVisible()
    expect(bubbles()).toContain('Are you there?')
    await userEvent.click(page.getByRole('button', { name: 'Try again' }))
    await expect.poll(() => server.received.filter(({ type }) => type === 'message.send').length).toBeGreaterThan(1)
    await userEvent.click(page.getByRole('button', { name: 'Delete' }))
    await expect.element(page.getByText(/Not sent\./)).not.toBeInTheDocument()
    expect(bubbles()).not.toContain('Are you there?')
  })

  it('gives the text back when a message could not even be queued', async () => {
    const { handle } = mountTestWidget({ open: true })
    await expect.poll(() => handle.client.$connection.get().status).toBe('online')
    vi.spyOn(handle.client, 'sendMessage').mockRejectedValue(new ChatError('INTERNAL', 'Broken.'))
    await userEvent.fill(composer(), 'Do not lose me')
    await userEvent.keyboard('{Enter}')
    await expect.element(composer()).toHaveValue('Do not lose me')
  })

  it('does not give a text back that waits to be sent when the widget is taken off: it would be sent twice', async () => {
    const { server, handle } = mountTestWidget({ open: true })
    await expect.poll(() => handle.client.$connection.get().status).toBe('online')
    server.setReachable(false)
    const sent = vi.spyOn(handle.client, 'sendMessage')
    await userEvent.fill(composer(), 'Only once')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('Waiting to be sent')).toBeInTheDocument()
    handle.unmount()
    await expect(sent.mock.results[0]?.value).rejects.toMatchObject({ code: 'ABORTED' })
    expect(sessionStorage.getItem('chatdesk.draft.wk_demo')).toBeNull()
  })

  it('keeps a draft while it is closed, and over a reload', async () => {
    const { handle } = mountTestWidget({ open: true })
    await userEvent.fill(composer(), 'Half a thou')
    handle.close()
    handle.open()
    await expect.element(composer()).toHaveValue('Half a thou')
    handle.unmount()
    mountTestWidget({ open: true })
    await expect.element(composer()).toHaveValue('Half a thou')
  })

  it('says that it is offline, keeps what is written, and sends it later', async () => {
    const { server, handle } = mountTestWidget({ open: true })
    await expect.poll(() => handle.client.$connection.get().status).toBe('online')
    server.setReachable(false)
    await expect.element(page.getByText(/^No connection/)).toBeVisible()
    await userEvent.fill(composer(), 'Later')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('Waiting to be sent')).toBeInTheDocument()
    server.setReachable(true)
    window.dispatchEvent(new Event('online'))
    await expect.element(page.getByText('Sent', { exact: true })).toBeInTheDocument()
    await expect.element(page.getByText(/^No connection/)).not.toBeInTheDocument()
  })

  it('says in words why it cannot connect at all', async () => {
    mountTestWidget({
      open: true,
      server: (server) => server.refuse('session.start', new ChatError('FORBIDDEN_ORIGIN', 'No.')),
    })
    await expect.element(page.getByText('The chat is not set up for this website.')).toBeVisible()
  })

  it('counts unread messages while closed, and marks them read when they are seen', async () => {
    const { server, handle } = mountTestWidget({ open: true, server: (server) => server.startConversation() })
    const counts: number[] = []
    handle.on('unread', ({ count }) => counts.push(count))
    await expect.poll(() => server.connections).toBe(1)
    handle.close()
    server.agentSays('First')
    server.agentSays('Second')
    await expect.element(page.getByRole('button', { name: 'Open chat, 2 unread messages' })).toBeVisible()
    expect(server.log().reads.visitor).toBe(0)
    handle.open()
    await expect.element(page.getByText('New', { exact: true })).toBeVisible()
    await expect.poll(() => server.log().reads.visitor).toBe(server.log().events.length)
    expect(counts.at(-1)).toBe(0)
  })

  it('[N1] whoever moves about in it is there, though they say nothing', async () => {
    const { server } = mountTestWidget({ open: true, client: { inactivityMs: 1 } })
    const signs = () => server.received.flatMap((frame) => (frame.type === 'activity.set' ? [frame.active] : []))
    await expect.poll(signs).toEqual([false])
    await userEvent.hover(log())
    await expect.poll(signs).toContain(true)
  })

  it('stays at the end, but not under the eyes of someone who reads further up', async () => {
    const { server } = mountTestWidget({
      open: true,
      server(server) {
        server.startConversation()
        for (let index = 0; index < 40; index++) server.agentSays(`Message ${index}`)
      },
    })
    await expect.element(page.getByText('Message 39')).toBeVisible()
    const thread = log().element()
    const distance = () => Math.round(thread.scrollHeight - thread.scrollTop - thread.clientHeight)
    await expect.poll(distance).toBeLessThan(2)
    server.agentSays('Message 40')
    await expect.element(page.getByText('Message 40')).toBeVisible()
    await expect.poll(distance).toBeLessThan(2)
    const height = thread.clientHeight

    // A composer that takes several lines at once takes the room of the conversation.
    // In one turn with a movement of which the browser tells only then.
    thread.scrollTop -= 1
    const field = composer().element() as HTMLTextAreaElement
    field.setRangeText('One\ntwo\nthree\nfour')
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    await expect.poll(() => thread.clientHeight).toBeLessThan(height - 60)
    await expect.poll(distance).toBeLessThan(2)
    await expect.element(page.getByRole('button', { name: 'Jump to the newest message' })).not.toBeInTheDocument()

    // Like a wheel: whoever turns it in the very frame in which the end was gone to turns it again.
    const jump = page.getByRole('button', { name: 'Jump to the newest message' })
    await expect
      .poll(() => {
        thread.scrollTop = 200
        return jump.elements().length
      })
      .toBe(1)
    server.agentSays('Message 41')
    await expect.element(page.getByRole('button', { name: '1 new message' })).toBeVisible()
    expect(thread.scrollTop).toBe(200)
    await userEvent.click(page.getByRole('button', { name: '1 new message' }))
    await expect.poll(distance).toBeLessThan(2)
  })

  it('loads earlier messages and keeps what is read in its place', async () => {
    mountTestWidget({
      open: true,
      server(server) {
        server.startConversation()
        for (let index = 0; index < 90; index++) server.agentSays(`Message ${index}.`)
      },
    })
    await expect.element(page.getByText('Message 89.')).toBeVisible()
    expect(bubbles()).not.toContain('Message 0.')
    // Not by the pointer: it scrolls up to the button first, and whoever scrolls up twice is given them unasked.
    const button = page.getByRole('button', { name: 'Load earlier messages' })
    await expect.element(button).toBeInTheDocument()
    button.element().dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await expect.poll(bubbles).toContain('Message 0.')
    expect(log().element().scrollTop).toBeGreaterThan(200)
    await expect.element(button).not.toBeInTheDocument()
  })

  it('draws a thousand messages with no more elements than a short conversation', async () => {
    mountTestWidget({
      open: true,
      server(server) {
        server.startConversation()
        for (let index = 0; index < 1000; index++) server.agentSays(`Message ${index}.`)
      },
    })
    await expect.element(page.getByText('Message 999.')).toBeVisible()
    expect(log().element().querySelectorAll('[data-part="bubble"]').length).toBeLessThanOrEqual(60)
  })

  it('[X4] threats 55 and 56: shows hostile text as text, and links only what is safe', async () => {
    const hostile = [
      '<img src=x onerror="window.hacked = true">',
      '<script>window.hacked = true</script>',
      '"><svg onload="window.hacked = true">',
      'javascript:window.hacked=true',
      '[x](javascript:window.hacked=true)',
      '&lt;b&gt;',
      '\u202Eevil\u202C',
      'https://user:pass@evil.example',
      '{{constructor.constructor("window.hacked=true")()}}',
    ]
    const { server } = mountTestWidget({
      open: true,
      server(server) {
        server.startConversation()
        for (const text of hostile) server.agentSays(text)
        server.agentSays('Fine: https://safe.example/path?x=1')
      },
    })
    expect(server.log().events.length).toBeGreaterThan(hostile.length)
    await expect.poll(bubbles).toEqual(expect.arrayContaining(hostile))
    const links = () => [...shadow().querySelectorAll('a')].map(({ href, rel, target }) => ({ href, rel, target }))
    await expect
      .poll(links)
      .toEqual([{ href: 'https://safe.example/path?x=1', rel: 'noopener noreferrer nofollow ugc', target: '_blank' }])
    expect(shadow().querySelector('.thread img, .thread script')).toBeNull()
    expect('hacked' in window).toBe(false)
  })

  it('is set in its own type, whatever the page says', async () => {
    const style = document.createElement('style')
    style.textContent = '* { font: 30px/2 serif !important; color: red; box-shadow: 0 0 9px red }'
    document.head.append(style)
    onTestFinished(() => style.remove())
    await page.viewport(1280, 800)
    mountTestWidget({ open: true })
    await expect.poll(focused).toBe('input')
    const { fontSize, lineHeight, color } = getComputedStyle(shadow().querySelector('.panel') as Element)
    expect([fontSize, lineHeight, color === 'rgb(255, 0, 0)']).toEqual(['15px', '22px', false])
    expect(getComputedStyle(composer().element()).boxShadow).toBe('none')
    expect(getComputedStyle(composer().element()).outlineStyle).toBe('none')
  })

  it('keeps its keys from the shortcuts of the page', async () => {
    mountTestWidget({ open: true })
    const heard = vi.fn()
    document.addEventListener('keydown', heard)
    onTestFinished(() => document.removeEventListener('keydown', heard))
    await userEvent.click(composer())
    await userEvent.keyboard('s/k')
    await expect.element(composer()).toHaveValue('s/k')
    expect(heard).not.toHaveBeenCalled()
  })

  it('leaves the page as it was found', async () => {
    const before = document.documentElement.outerHTML
    const globals = Object.keys(window)
    const { handle, server } = mountTestWidget({ open: true })
    await expect.poll(focused).toBe('input')
    handle.unmount()
    handle.unmount()
    await expect.poll(() => server.connections).toBe(0)
    expect(document.documentElement.outerHTML).toBe(before)
    expect(Object.keys(window)).toEqual(globals)
  })
})

describe.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', (theme) => {
  beforeEach(async () => {
    await (theme === 'light' ? page.viewport(1280, 800) : page.viewport(360, 640))
  })

  it.each(['closed', 'empty', 'conversation', 'failed', 'offline'] as const)('%s', async (state) => {
    const { server, handle } = mountTestWidget({
      theme,
      open: state !== 'closed',
      server(server) {
        if (state === 'empty' || state === 'closed') return
        server.startConversation()
        server.visitorSays('Hello, see https://example.com')
        server.agentSays('Hello! Look here: https://example.com/help')
      },
    })
    if (state !== 'closed') await expect.poll(() => handle.client.$connection.get().status).toBe('online')
    if (state === 'failed') {
      server.refuse('message.send', new ChatError('VALIDATION_FAILED', 'No.'))
      await handle.client.sendMessage('x').catch(() => {})
      await expect.element(page.getByText(/Not sent\./)).toBeVisible()
    }
    if (state === 'offline') {
      server.setReachable(false)
      await expect.element(page.getByText(/^No connection/)).toBeVisible()
    }
    // Fades would be measured half way.
    for (const animation of shadow().getAnimations()) animation.finish()
    expect(await violations()).toEqual([])
  })
})

describe('the settings of a widget', () => {
  const brand = () => getComputedStyle(shadow().host).getPropertyValue('--chatdesk-brand')
  const fromLeft = () => shadow().querySelector('[data-part=launcher]')?.getBoundingClientRect().left
  const settled = async (server: TestServer, settings: Partial<WidgetSettings>) => {
    server.changeWidget(settings)
    await expect.element(page.getByRole('heading', { name: settings.name ?? '' })).toBeVisible()
  }

  it('[G1] are shown as their owner changes them', async () => {
    await page.viewport(1280, 800)
    const { handle, server } = mountTestWidget({ open: true })
    await handle.client.start()
    await expect.element(log()).toHaveTextContent('Hello! How can we help?')
    expect(fromLeft()).toBeGreaterThan(640)
    const look = { greeting: 'Good evening', primaryColor: '#0b5d4b', position: 'bottom-left' } as const
    await settled(server, { name: 'Night shift', ...look })
    await expect.element(log()).toHaveTextContent('Good evening')
    expect([brand(), fromLeft()]).toEqual(['#0b5d4b', 20])
    const nonsense = { primaryColor: 'red;}*{display:none', greeting: '', position: 'bottom-right' } as const
    await settled(server, { name: 'Day shift', ...nonsense })
    expect(bubbles()).toEqual([])
    expect(brand()).toMatch(/^#[0-9a-f]{6}$/)
    expect(fromLeft()).toBeGreaterThan(640)
  })

  it('[G1] are not shown where the page has its own', async () => {
    const own = { greeting: 'Welcome', primaryColor: '#be123c', position: 'bottom-right' } as const
    const { handle, server } = mountTestWidget({ open: true, ...own })
    await handle.client.start()
    const look = { greeting: 'Good evening', primaryColor: '#0b5d4b', position: 'bottom-left' } as const
    await settled(server, { name: 'Night shift', ...look })
    expect([brand(), ...bubbles()]).toEqual(['#be123c', 'Welcome'])
    expect(fromLeft()).toBeGreaterThan(640)
  })

  it('[G2] one that is switched off goes from the page, and no other refusal takes it away', async () => {
    const end = (server: TestServer, code: 'FORBIDDEN' | 'FORBIDDEN_ORIGIN') =>
      server.drop({ reason: 'remote', error: new ChatError(code, 'refused') })
    const { handle, server } = mountTestWidget({ open: true })
    const closed = vi.fn()
    handle.on('close', closed)
    await handle.client.start()
    end(server, 'FORBIDDEN')
    await expect.poll(() => document.querySelector('chatdesk-widget')).toBeNull()
    await expect.poll(() => closed).toHaveBeenCalledOnce()
    handle.unmount()

    const other = mountTestWidget({ open: true })
    await other.handle.client.start()
    end(other.server, 'FORBIDDEN_ORIGIN')
    await expect.poll(() => other.handle.client.$connection.get().status).toBe('failed')
    await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
  })
})

describe('the options of a page', () => {
  it('tells the developer of an option with a wrong value, and goes on without it', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    const { handle } = mountTestWidget({ position: 'top' as 'bottom-left', primaryColor: 'red;}:host{display:none' })
    await handle.run('nothing' as 'open', []).catch(() => {})
    expect(warn.mock.calls.flat()).toContain('[chatdesk] option "position" is not valid')
    expect(warn.mock.calls.flat()).toContain('[chatdesk] option "primaryColor" is not valid')
    await expect.element(launcher()).toBeVisible()
  })

  it.each([
    ['bottom-left', 'ltr'],
    ['bottom-left', 'rtl'],
    ['bottom-right', 'ltr'],
    ['bottom-right', 'rtl'],
  ] as const)('stand the panel over the launcher: %s on a page that reads %s', async (position, dir) => {
    await page.viewport(900, 700)
    document.documentElement.dir = dir
    onTestFinished(() => document.documentElement.removeAttribute('dir'))
    mountTestWidget({ position, open: true })
    for (const animation of shadow().getAnimations()) animation.finish()
    const [panel, button] = ['panel', 'launcher'].map((part) =>
      shadow().querySelector(`[data-part="${part}"]`)?.getBoundingClientRect(),
    )
    const side = position === 'bottom-left' ? 'left' : 'right'
    expect(panel?.[side]).toBe(button?.[side])
    expect(panel?.bottom).toBeLessThan(button?.top as number)
    expect(panel?.width).toBe(400)
  })

  it('threat 22: takes nothing from a polluted prototype', async () => {
    const prototype = Object.prototype as Record<string, unknown>
    prototype.greeting = 'Send your password'
    onTestFinished(() => {
      delete prototype.greeting
    })
    const { handle } = mountTestWidget()
    handle.open()
    await expect.element(composer()).toBeVisible()
    expect(shadow().textContent).not.toContain('Send your password')
  })
})
