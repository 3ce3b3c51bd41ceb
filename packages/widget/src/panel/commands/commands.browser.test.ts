import { serverId, settle } from '@chatdesk/core/testing'
import { ChatError } from '@chatdesk/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import { shadow } from '../../testing/drawn-widget.js'
import { mountVisitorWidget } from '../../testing/visitor-server.js'
import { runCommand } from '../commands.js'

const panel = () => shadow().querySelector('[part="panel"]') as HTMLDialogElement
const launcher = () => shadow().querySelector('[part="launcher"]') as HTMLButtonElement
const input = () => shadow().querySelector('textarea') as HTMLTextAreaElement
/** What stands in the thread below the greeting. */
const bubbles = () => [...shadow().querySelectorAll('[part="bubble"]')].slice(1).map(({ textContent }) => textContent)
const CONVERSATION = expect.stringMatching(/^[\da-f-]{36}$/)

/** With a session, and what the page asks from then on. */
async function online(...args: Parameters<typeof mountVisitorWidget>) {
  const widget = mountVisitorWidget(...args)
  await widget.handle.run('start', [])
  return widget
}

it('init: again for the same widget is a change', async () => {
  const { handle } = mountVisitorWidget()
  await handle.run('init', [{ widgetKey: 'wk_demo', position: 'bottom-left' }])
  expect(shadow().host.className).toBe('left')
})

it('ready: calls back, and resolves', async () => {
  const { handle } = mountVisitorWidget()
  const ready = vi.fn()
  await handle.run('ready', [ready])
  expect(ready).toHaveBeenCalledOnce()
})

it('on, once, off: answer with the end of what they began', async () => {
  const { handle } = mountVisitorWidget()
  const [every, one, none] = [vi.fn(), vi.fn(), vi.fn()]
  const off = await handle.run('on', ['open', every as () => void])
  await handle.run('once', ['open', one as () => void])
  await handle.run('on', ['open', none as () => void])
  await handle.run('off', ['open', none as () => void])
  for (const command of ['open', 'close', 'open', 'close'] as const) await handle.run(command, [])
  off()
  await handle.run('open', [])
  expect([every, one, none].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 0])
})

it('update: changes what can change', async () => {
  const { handle } = mountVisitorWidget({ open: true })
  await handle.run('update', [{ greeting: 'Good evening', locale: 'de' }])
  await expect.poll(() => shadow().querySelector('[part="greeting"]')?.textContent).toContain('Good evening')
  await expect.poll(() => shadow().host.getAttribute('lang')).toBe('de')
})

it('open, close, toggle: by the page, which takes no part in what the visitor closed', async () => {
  const { handle } = mountVisitorWidget({ widgetKey: 'wk_closed_by_the_page' })
  await handle.run('open', [])
  expect(panel().open).toBe(true)
  await handle.run('close', [])
  expect(panel().open).toBe(false)
  for (const force of [true, true, false, false]) {
    await handle.run('toggle', [force])
    expect(panel().open).toBe(force)
  }
  await handle.run('toggle', [])
  expect(panel().open).toBe(true)
  expect(sessionStorage.getItem('chatdesk.closed.wk_closed_by_the_page')).toBeNull()
})

it('takes the event of a press for no argument', async () => {
  const { handle } = mountVisitorWidget()
  for (const open of [true, false]) {
    await handle.run('toggle', [new MouseEvent('click') as never])
    expect(panel().open).toBe(open)
  }
})

it('show, hide: the whole widget', async () => {
  const { handle } = mountVisitorWidget({ open: true })
  await handle.run('hide', [])
  expect([panel().open, getComputedStyle(shadow().host).display]).toEqual([false, 'none'])
  expect(await handle.run('get', ['state'])).toBe('hidden')
  await handle.run('show', [])
  expect([panel().open, getComputedStyle(shadow().host).display]).toEqual([false, 'flex'])
  await handle.run('hide', [])
  await handle.run('show', ['panel'])
  expect([panel().open, getComputedStyle(shadow().host).display]).toEqual([true, 'flex'])
})

it('expand: opens as well', async () => {
  const { handle } = mountVisitorWidget()
  await handle.run('expand', [])
  await expect.poll(() => panel().dataset.expanded).toBe('true')
  await handle.run('expand', [false])
  await expect.poll(() => panel().dataset.expanded).toBe('false')
  expect(panel().open).toBe(true)
})

it('inline: fills an element', async () => {
  const { handle } = mountVisitorWidget()
  const place = document.body.appendChild(document.createElement('section'))
  onTestFinished(() => place.remove())
  await handle.run('inline', [place])
  expect(shadow().host.parentElement).toBe(place)
})

it('sendMessage: begins the session, and resolves with the message’s place once the server has it', async () => {
  const { handle, server } = mountVisitorWidget()
  const sent = await handle.run('sendMessage', ['Hello'])
  expect(sent).toEqual({ id: CONVERSATION, clientId: expect.any(String), seq: 1 })
  expect(server.log().events).toHaveLength(1)
  server.refuse('message.send', new ChatError('FORBIDDEN', 'no'))
  await expect(handle.run('sendMessage', ['again'])).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

it('sendMessage: goes to an earlier conversation where it is told to', async () => {
  const { handle, server } = await online()
  await handle.run('sendMessage', ['Hello'])
  const first = server.log().id
  await handle.run('newConversation', [{ text: 'Something else' }])
  expect(server.log().id).not.toBe(first)
  await handle.run('sendMessage', ['back', { conversationId: first }])
  expect(server.log(first).events).toHaveLength(2)
})

it('newConversation: opens the panel, says the department, and sends or prefills', async () => {
  const { handle, server, facts } = await online()
  await handle.run('newConversation', [{ text: 'Hi', department: serverId(7) }])
  expect(panel().open).toBe(true)
  expect(server.log().events).toHaveLength(1)
  expect(facts()).toEqual([{ departmentId: serverId(7) }])
  await handle.run('newConversation', [{ text: 'a draft', send: false }])
  await expect.poll(() => input().value).toBe('a draft')
  expect(server.log().events).toHaveLength(0)
})

it('newConversation: of a page that has just loaded, too, is another one', async () => {
  const { handle, server } = mountVisitorWidget()
  server.startConversation()
  server.agentSays('How did it go?')
  const before = server.log().id
  await handle.run('newConversation', [{ text: 'Something else' }])
  expect(server.log().id).not.toBe(before)
  expect(server.log().events).toHaveLength(1)
})

it('newConversation: is remembered as a second one', async () => {
  const { handle } = await online()
  await handle.run('sendMessage', ['Hello'])
  await handle.run('newConversation', [])
  expect(sessionStorage.getItem('chatdesk.several.wk_demo')).toBe('1')
})

it('sendMessage: each to its own conversation, however close they follow', async () => {
  const { handle, server } = await online()
  await handle.run('sendMessage', ['Hello'])
  const first = server.log().id
  await handle.run('newConversation', [{ text: 'Something else' }])
  const second = server.log().id
  await handle.run('newConversation', [{ text: 'A third thing' }])
  const release = server.hold('conversation.open')
  const sent = [
    handle.run('sendMessage', ['to the first', { conversationId: first }]),
    handle.run('sendMessage', ['to the second', { conversationId: second }]),
  ]
  await expect.poll(() => server.received.at(-1)?.type).toBe('conversation.open')
  release()
  await Promise.all(sent)
  const last = (id: string) => {
    const event = server.log(id).events.at(-1)
    return event?.type === 'message.created' && event.parts[0]?.text
  }
  expect([last(first), last(second)]).toEqual(['to the first', 'to the second'])
})

it('prefill: writes into the composer as the visitor would, and nobody is told that they type', async () => {
  const { handle, server } = mountVisitorWidget({ open: true })
  await handle.run('prefill', ['I need help with '])
  expect(input().value).toBe('I need help with ')
  await handle.run('prefill', [{ text: 'order 7' }])
  expect(shadow().querySelector('[part="send"]')?.getAttribute('aria-disabled')).toBe('false')
  expect(server.received.filter((frame) => frame.type === 'typing.set' && frame.active)).toEqual([])
})

it('prefill: is there when the conversation is, also where nothing may be kept: the last one', async () => {
  const answers = { 'GET /conversations': { conversations: [] } }
  const { handle } = mountVisitorWidget({ open: true, consent: 'required' }, answers)
  await handle.run('open', ['home'])
  await expect.poll(() => shadow().querySelector('[data-part="home"]')).toBeTruthy()
  await handle.run('prefill', ['order 6'])
  await handle.run('open', ['home'])
  await expect.poll(() => shadow().querySelector('[data-part="home"]')).toBeTruthy()
  handle.run('prefill', ['order 7'])
  await expect.poll(() => input()?.value).toBe('order 7')
})

it('prefill: a text that is taken back before the conversation is there does not come', async () => {
  const answers = { 'GET /conversations': { conversations: [] } }
  const { handle } = mountVisitorWidget({ open: true, consent: 'required' }, answers)
  await handle.run('open', ['home'])
  await expect.poll(() => shadow().querySelector('[data-part="home"]')).toBeTruthy()
  await Promise.all([handle.run('prefill', ['order 6']), handle.run('prefill', [''])])
  await expect.poll(() => input()).toBeTruthy()
  // What would be written is written by then.
  await settle()
  expect(input().value).toBe('')
})

it('showMessage: for this page alone, in its place, and the server never hears of it', async () => {
  const { handle, server } = await online({ open: true })
  await handle.run('sendMessage', ['first'])
  await handle.run('showMessage', ['We are **slow** today', { as: 'assistant', name: 'Bot' }])
  await handle.run('sendMessage', ['second'])
  await expect.poll(bubbles).toEqual(['first', expect.stringContaining('slow'), 'second'])
  expect(server.log().events).toHaveLength(2)
  expect(shadow().querySelector('[data-own="false"]')?.textContent).toContain('Bot')
})

it('showMessage: to one visitor, and not to the next (threat 13)', async () => {
  const { handle } = await online({ open: true })
  await handle.run('showMessage', ['Your order 7 is on its way'])
  await expect.poll(bubbles).toEqual([expect.stringContaining('order 7')])
  await handle.run('logout', []).catch(() => {})
  await expect.poll(bubbles).toEqual([])
})

it('endConversation, rate, markRead: what becomes of a conversation', async () => {
  const { handle, server, asked } = await online()
  await expect(handle.run('rate', [5])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await handle.run('sendMessage', ['Hello'])
  server.agentSays('Hi')
  await expect.poll(() => handle.run('get', ['unread'])).toBe(1)
  await handle.run('markRead', [])
  await expect.poll(() => server.log().reads.visitor).toBe(server.log().events.length)
  await handle.run('endConversation', [])
  await expect.poll(async () => (await handle.run('get', ['conversation'])).status).toBe('resolved')
  await handle.run('rate', [4, 'good'])
  expect(asked).toContainEqual(['PUT', `/conversations/${server.log().id}/rating`, { score: 4, comment: 'good' }])
})

it('transcript: as a file to keep, or by mail', async () => {
  const { handle, server, asked } = await online()
  await handle.run('sendMessage', ['Hello'])
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  onTestFinished(() => clicked.mockRestore())
  await handle.run('transcript', [{ format: 'html' }])
  expect((clicked.mock.instances[0] as HTMLAnchorElement).download).toBe('conversation.html')
  await handle.run('transcript', [{ to: 'email', email: 'me@example.com' }])
  const path = `/conversations/${server.log().id}/transcript`
  expect(asked.slice(-2)).toEqual([
    ['GET', expect.stringContaining(`${path}?format=html`)],
    ['POST', path, { email: 'me@example.com', locale: expect.any(String) }],
  ])
})

it('identify: what is said without a proof is a claim, whatever else it holds a field of the site', async () => {
  const { handle, facts } = await online()
  const said = { name: 'John Doe', email: 'john@example.com', customField1: 'Premium Customer' }
  expect(await handle.run('identify', [said])).toEqual({ verified: false })
  expect(facts()).toEqual([
    { traits: { name: 'John Doe', email: 'john@example.com', custom: { customField1: 'Premium Customer' } } },
  ])
})

it.each([
  [{ jwt: 'proof' }, { token: 'proof' }],
  [{ getToken: async () => 'fetched' }, { token: 'fetched' }],
  [{ hash: 'abc' }, { id: 'u-1', hash: 'abc' }],
])('identify: proves by %o', async (proof, user) => {
  const requests: unknown[] = []
  const widget = await online()
  const { fetch } = widget.handle.client.port.options
  Object.assign(widget.handle.client.port.options, {
    fetch: (...request: Parameters<typeof globalThis.fetch>) => {
      requests.push(request[1]?.body)
      return fetch?.(...request)
    },
  })
  expect(await widget.handle.run('identify', [{ id: 'u-1' }, proof])).toEqual({ verified: true })
  expect(await widget.handle.run('get', ['identity'])).toEqual({ verified: true })
  const { session } = widget.handle.client.port
  expect(typeof session.user === 'function' ? await session.user() : session.user).toEqual(user)
})

it('setAttributes, unsetAttributes, setDepartment: say all that this page has said', async () => {
  const { handle, facts } = await online({ traits: { custom: { plan: 'pro' } } })
  await handle.run('setAttributes', [{ seats: 5 }])
  await handle.run('setAttributes', [{ trial: true }])
  await handle.run('unsetAttributes', ['plan'])
  await handle.run('setDepartment', [null])
  expect(facts()).toEqual([
    { traits: { custom: { plan: 'pro', seats: 5 } } },
    { traits: { custom: { plan: 'pro', seats: 5, trial: true } } },
    { traits: { custom: { seats: 5, trial: true } } },
    { departmentId: null },
  ])
})

it('[K1] track, page: tell once there is a session; a page that is said ends the watching', async () => {
  const { handle, asked } = mountVisitorWidget()
  await handle.run('track', ['viewed_pricing_page'])
  await handle.run('page', [{ url: 'https://shop.example/cart', title: 'Cart' }])
  expect(asked).toEqual([])
  await handle.run('start', [])
  const events = () => asked.flatMap(([, path, body]) => (path === '/events' ? (body as { events: [] }).events : []))
  const said = { page: { url: 'https://shop.example/cart', title: 'Cart' } }
  await expect.poll(events).toEqual(expect.arrayContaining([{ name: 'viewed_pricing_page' }, said]))
  const before = location.href
  onTestFinished(() => history.replaceState(null, '', before))
  history.replaceState(null, '', '#elsewhere')
  await handle.run('track', ['went_elsewhere'])
  await expect.poll(events).toContainEqual({ name: 'went_elsewhere' })
  expect(JSON.stringify(events())).not.toContain('#elsewhere')
})

it('[K1] track: says nothing before consent', async () => {
  const { handle, asked } = mountVisitorWidget({ consent: 'required' })
  await handle.run('track', ['looked'])
  await handle.run('start', [])
  await handle.run('consent', [true])
  await handle.run('track', ['agreed'])
  await expect.poll(() => JSON.stringify(asked)).toContain('agreed')
  expect(JSON.stringify(asked)).not.toContain('looked')
})

it('setLocale: speaks the language that was asked for last', async () => {
  const { handle } = mountVisitorWidget()
  await Promise.all([handle.run('setLocale', ['fr']), handle.run('setLocale', ['de'])])
  expect(shadow().host.getAttribute('lang')).toBe('de')
  await expect.poll(() => launcher().getAttribute('aria-label')).toBe('Chat öffnen')
  await handle.run('setLocale', ['ar'])
  await expect.poll(() => panel().parentElement?.dir).toBe('rtl')
})

it('setTheme, setPosition, setZIndex, setLauncher: how it looks', async () => {
  const { handle } = mountVisitorWidget({ open: true })
  await handle.run('setTheme', ['dark'])
  expect(getComputedStyle(shadow().host).colorScheme).toBe('dark')
  await handle.run('setPosition', ['bottom-left'])
  expect(shadow().host.className).toBe('left')
  await handle.run('setZIndex', [7])
  expect(getComputedStyle(shadow().host).zIndex).toBe('7')
  await handle.run('close', [])
  await handle.run('setLauncher', [{ hidden: true, label: 'Ask us' }])
  await expect.poll(() => launcher().getAttribute('aria-label')).toBe('Ask us')
  expect(getComputedStyle(launcher()).display).toBe('none')
})

it('consent: a word, or by its name', async () => {
  const { handle } = mountVisitorWidget({ consent: 'required' })
  const heard = vi.fn()
  handle.on('consent', ({ data }) => heard(data.storage))
  await handle.run('consent', [true])
  await handle.run('consent', [{ storage: 'denied' }])
  await expect.poll(() => heard.mock.calls.flat()).toEqual(['granted', 'denied'])
})

it('consent: holds before anything else is fetched', async () => {
  const order: string[] = []
  const panel = {
    options: { widgetKey: 'wk_demo' },
    client: { consent: async (granted: boolean) => void order.push(`consent ${granted}`) },
  }
  // A panel with nothing that the background could begin with.
  await runCommand(panel as never, 'cookies', [false]).catch(() => order.push('background'))
  expect(order).toEqual(['consent false', 'background'])
})

it('exportMyData, deleteMyData: give all out, and forget', async () => {
  const answers = { 'GET /visitor/export': { visitor: 1 }, 'DELETE /visitor': { receiptId: 'r' } }
  const { handle } = await online({}, answers)
  await handle.run('sendMessage', ['Hello'])
  expect(await handle.run('exportMyData', [])).toEqual({ visitor: 1 })
  const shown: number[] = []
  handle.client.$timeline.listen(({ length }) => shown.push(length))
  expect(await handle.run('deleteMyData', [])).toEqual({ receiptId: 'r' })
  expect(shown).toContain(0)
})

it('get: how things stand', async () => {
  const { handle } = mountVisitorWidget()
  const get = handle.run.bind(null, 'get')
  expect(await Promise.all([get(['state']), get(['connection']), get(['visitorId'])])).toEqual([
    'closed',
    'idle',
    undefined,
  ])
  await handle.run('start', [])
  expect(await get(['connection'])).toBe('online')
  expect(await get(['availability'])).toEqual({ open: true, online: expect.any(Boolean) })
  expect(await get(['visitorId'])).toEqual(expect.any(String))
  expect(await get(['capabilities'])).toContain('sendMessage')
  await expect(get(['weather' as 'state'])).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
})

it('start, pause: connect when the page says so', async () => {
  const { handle, server } = await online({ open: true })
  await handle.run('pause', [])
  expect(server.connections).toBe(0)
  const sent = handle.run('sendMessage', ['later'])
  panel().dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  await expect.poll(bubbles).toEqual(['later'])
  expect(server.connections).toBe(0)
  await handle.run('start', [])
  expect(await sent).toMatchObject({ seq: 1 })
})

it('pause: holds for a touch that an earlier init was waiting for', async () => {
  const { handle, server } = await online({ open: true })
  await handle.run('pause', [])
  await handle.run('init', [{ widgetKey: 'wk_demo' }])
  await handle.run('pause', [])
  panel().dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  // By the time of an answer the touch has begun whatever it begins.
  expect(await handle.run('get', ['connection'])).toBe('idle')
  expect(server.connections).toBe(0)
})

it('logout: forgets the visitor, and goes on with another', async () => {
  const { handle, asked } = await online({ open: true })
  await handle.run('sendMessage', ['Hello'])
  const shown: number[] = []
  handle.client.$timeline.listen(({ length }) => shown.push(length))
  await handle.run('logout', [])
  expect(asked.map(([, path]) => path)).toContain('/logout')
  expect(shown).toContain(0)
  expect(handle.client.$connection.get().status).toBe('online')
})

it('logout: what was said and begun by one visitor is not there for the next (threat 13)', async () => {
  const { handle, facts } = await online({ open: true, traits: { name: 'Ann', custom: { plan: 'pro' } } })
  await handle.run('setAttributes', [{ seats: 5 }])
  await handle.run('prefill', ['my account number is'])
  await handle.run('logout', [])
  expect(input().value).toBe('')
  await handle.run('identify', [{ team: 'blue' }])
  expect(facts().at(-1)).toEqual({ traits: { custom: { team: 'blue' } } })
})

it('identify: of one person nothing is said of or shown to another, whom the site calls by another id (threat 13)', async () => {
  const { handle, facts, asked } = await online({ open: true })
  await handle.run('identify', [{ id: 'ann', plan: 'pro' }])
  await handle.run('sendMessage', ['Hello'])
  await handle.run('prefill', ['my account number is'])
  await handle.run('identify', [{ id: 'bob', team: 'blue' }])
  expect(facts()).toEqual([{ traits: { custom: { plan: 'pro' } } }, { traits: { custom: { team: 'blue' } } }])
  expect(input().value).toBe('')
  expect(asked.map(([, path]) => path)).toContain('/logout')
})

it('logout: nothing that was open of one visitor is shown to the next', async () => {
  const answers = { 'GET /conversations': { conversations: [] } }
  const { handle } = await online({ open: true }, answers)
  await handle.run('sendMessage', ['Hello'])
  await handle.run('open', ['home'])
  await expect.poll(() => shadow().querySelector('[data-part="home"]')).toBeTruthy()
  await handle.run('logout', [])
  await expect.poll(() => shadow().querySelector('[data-part="home"]')).toBeNull()
})

it('shutdown: is out of sight and connection until init, and then as new', async () => {
  const { handle, server, asked } = await online({ open: true })
  await handle.run('sendMessage', ['Hello'])
  const heard = vi.fn()
  handle.on('open', heard)
  await handle.run('shutdown', [])
  expect(asked.map(([, path]) => path)).toContain('/logout')
  expect([server.connections, getComputedStyle(shadow().host).display]).toEqual([0, 'none'])
  expect(handle.client.$timeline.get()).toEqual([])
  await handle.run('init', [{ widgetKey: 'wk_demo' }])
  expect([server.connections, getComputedStyle(shadow().host).display]).toEqual([0, 'flex'])
  launcher().click()
  await expect.poll(() => server.connections).toBe(1)
  expect(heard).toHaveBeenCalledOnce()
})

it('shutdown: holds without a network as well', async () => {
  const { handle, server } = await online()
  server.setReachable(false)
  await handle.run('shutdown', []).catch(() => {})
  expect(getComputedStyle(shadow().host).display).toBe('none')
  expect(handle.client.$connection.get().status).toBe('idle')
})

it('diagnose: finds nothing wrong, or says what', async () => {
  const { handle } = mountVisitorWidget({ consent: 'required' })
  vi.spyOn(console, 'info').mockImplementation(() => {})
  const { findings } = await handle.run('diagnose', [])
  expect(findings.map(({ check }) => check)).toContain('visible')
})

it('takes what other chats call it', async () => {
  const { handle } = mountVisitorWidget()
  const run = handle.run as (name: string, args: unknown[]) => Promise<unknown>
  await run('maximize', [])
  expect(panel().open).toBe(true)
  await run('setMessageText', ['by another name'])
  expect(input().value).toBe('by another name')
  await expect(run('toString', [])).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
})
