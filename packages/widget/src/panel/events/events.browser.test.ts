import { AGENT } from '@chatdesk/core/testing'
import { ChatError } from '@chatdesk/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createWidgetEvents } from '../../launcher/widget-events.js'
import type { AnyEvent } from '../../sdk/event-data.js'
import { mountVisitorWidget, type VisitorWidget } from '../../testing/visitor-server.js'

/** Everything that a widget tells from now on. */
function listenToAll({ handle }: VisitorWidget) {
  const events: AnyEvent[] = []
  handle.on('*', (event) => events.push(event))
  const types = () => events.map(({ type }) => type)
  const of = (type: AnyEvent['type']) => events.filter((event) => event.type === type)
  return { events, types, of }
}

it('tells of a refusal once, and not again with the attempt that follows', async () => {
  const widget = mountVisitorWidget()
  const { handle, server } = widget
  const { of } = listenToAll(widget)
  const connections = () => of('connection').map(({ data }) => data)
  const onlines = () => connections().filter((data) => data && 'status' in data && data.status === 'online').length
  await handle.run('open', [])
  await expect.poll(onlines).toBe(1)
  server.drop({ reason: 'network', error: new ChatError('RATE_LIMITED', 'Slowly.', { retryAfterMs: 20 }) })
  await expect.poll(onlines).toBe(2)
  expect(of('ratelimited').map(({ data }) => data)).toEqual([{ retryAfterMs: 20 }])
  expect(connections().filter((data) => data && 'code' in data)).toEqual([{ status: 'waiting', code: 'RATE_LIMITED' }])
})

it('tells everything as a record, in the order in which it happens', async () => {
  const widget = mountVisitorWidget()
  const { handle, server } = widget
  const { types, of } = listenToAll(widget)
  await handle.run('open', [])
  await handle.run('sendMessage', ['Hello'])
  server.agentSays('Hi')
  await expect.poll(types).toContain('message:received')
  server.reads('team')
  await expect.poll(types).toContain('message:read')
  server.types('agent', true)
  await expect.poll(types).toContain('typing')
  await handle.run('endConversation', [])
  await expect.poll(types).toContain('conversation:ended')
  expect(types()).toEqual(
    expect.arrayContaining(['ready', 'connection', 'availability', 'conversation:started', 'conversation:assigned']),
  )
  const order = ['open', 'message:sending', 'message:sent', 'message:received', 'message:read', 'conversation:ended']
  expect(types().filter((type) => order.includes(type))).toEqual(order)
  expect(of('message:sent')[0]).toEqual({
    id: expect.any(String),
    type: 'message:sent',
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    tabId: 'tab-00000001',
    conversationId: server.log().id,
    data: { message: expect.objectContaining({ parts: [{ type: 'text', text: 'Hello' }], own: true, seq: 1 }) },
  })
  expect(of('agent:joined')[0]?.data).toEqual({ agent: AGENT })
  // Each is one of its own.
  expect(new Set(of('message').map(({ id }) => id)).size).toBe(of('message').length)
})

it('tells the five short ones as they are, with or without the chunk', async () => {
  const widget = mountVisitorWidget()
  const { handle } = widget
  const told: unknown[] = []
  handle.on('message', (message) => told.push(message.parts))
  await handle.run('sendMessage', ['first'])
  listenToAll(widget)
  await handle.run('sendMessage', ['second'])
  await expect.poll(() => told).toEqual([[{ type: 'text', text: 'first' }], [{ type: 'text', text: 'second' }]])
})

it('tells nothing anew of what was said before this page', async () => {
  const { handle: before, server } = mountVisitorWidget()
  await before.run('sendMessage', ['earlier'])
  const { transport, fetch } = server
  const { port } = before.client
  const widget = mountVisitorWidget({ client: { transports: [transport], fetch, identity: port.options.identity } })
  const { types } = listenToAll(widget)
  await widget.handle.run('start', [])
  await expect.poll(types).toContain('conversation:opened')
  expect(types().filter((type) => /^(message|agent|conversation:(started|status))/.test(type))).toEqual([])
})

it('lets a listener throw, and goes on telling the others', async () => {
  const { handle } = mountVisitorWidget()
  const errors = vi.fn((event: ErrorEvent) => event.preventDefault())
  addEventListener('error', errors)
  onTestFinished(() => removeEventListener('error', errors))
  const heard = vi.fn()
  handle.on('show', () => {
    throw new Error('mine')
  })
  handle.on('show', heard)
  await handle.run('hide', [])
  await handle.run('show', [])
  await expect.poll(() => heard.mock.calls).toHaveLength(1)
  await expect.poll(() => errors.mock.calls).toHaveLength(1)
})

it('tells how messages fail, and what there is too much of', async () => {
  const widget = mountVisitorWidget()
  const { handle, server } = widget
  const { of } = listenToAll(widget)
  await handle.run('sendMessage', ['Hello'])
  server.refuse('message.send', new ChatError('FORBIDDEN', 'no'))
  await handle.run('sendMessage', ['refused']).catch(() => {})
  await expect.poll(() => of('message:failed')).toHaveLength(1)
})

it('tells why it cannot connect: domain, proof', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => void vi.restoreAllMocks())
  const blocked = mountVisitorWidget()
  const atDomain = listenToAll(blocked)
  blocked.server.refuse('session.start', new ChatError('FORBIDDEN_ORIGIN', 'no'), 5)
  await blocked.handle.run('start', []).catch(() => {})
  await expect.poll(() => atDomain.of('blocked')[0]?.data).toEqual({ reason: 'domain' })
  expect(atDomain.of('error')[0]?.data).toEqual({ code: 'FORBIDDEN_ORIGIN', message: 'no', retryable: false })

  const refused = mountVisitorWidget({ user: { token: 'forged' } })
  const atProof = listenToAll(refused)
  refused.server.refuse('session.start', new ChatError('UNAUTHENTICATED', 'no', { field: 'user.token' }), 5)
  await refused.handle.run('start', []).catch(() => {})
  await expect.poll(() => atProof.of('identity:rejected')[0]?.data).toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(atProof.of('identity:expired')).toEqual([])
})

it('tells when a proof that held has run out', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => void vi.restoreAllMocks())
  const widget = mountVisitorWidget({ user: { token: 'good' } })
  const { of } = listenToAll(widget)
  await widget.handle.run('start', [])
  widget.server.refuse('session.start', new ChatError('UNAUTHENTICATED', 'old', { field: 'user.token' }), 9)
  widget.server.drop()
  await expect.poll(() => of('identity:expired')).toHaveLength(1)
  expect(of('identity:rejected')).toEqual([])
})

it('tells that the page’s policy blocks it, and of nothing that it blocks of others', async () => {
  const widget = mountVisitorWidget()
  const { of } = listenToAll(widget)
  await widget.handle.run('expand', [])
  for (const blockedURI of ['https://ads.example/', 'https://chat.example/widget/panel.js'])
    document.dispatchEvent(
      new SecurityPolicyViolationEvent('securitypolicyviolation', {
        blockedURI,
        effectiveDirective: 'script-src-elem',
        documentURI: location.href,
        violatedDirective: 'script-src-elem',
        originalPolicy: '',
        disposition: 'enforce',
        statusCode: 0,
      }),
    )
  await expect
    .poll(() => of('blocked').map(({ data }) => data))
    .toEqual([{ reason: 'policy', directive: 'script-src-elem' }])
  expect(of('expand')[0]?.data).toEqual({ expanded: true })
})

it('[S12] tells whether this tab leads those that share a conversation, and nothing where they share none', async () => {
  const apart = mountVisitorWidget()
  const ofOne = listenToAll(apart)
  await apart.handle.run('start', [])
  await expect.poll(ofOne.types).toContain('connection')
  apart.handle.unmount()

  const widget = mountVisitorWidget()
  widget.server.changeWidget({ tabs: 'shared' })
  const { of } = listenToAll(widget)
  const leading = () => of('tab:leader').map(({ data }) => data)
  await widget.handle.run('start', [])
  await expect.poll(leading).toEqual([{ leader: true }])
  await widget.handle.run('pause', [])
  // A tab keeps the lead for a while, for a transport that follows.
  await expect.poll(leading, { timeout: 10_000 }).toEqual([{ leader: true }, { leader: false }])
  await widget.handle.run('start', [])
  await expect.poll(() => leading().at(-1)).toEqual({ leader: true })
  expect(ofOne.of('tab:leader')).toEqual([])
})

it('tells of identity, consent and ratings', async () => {
  const widget = mountVisitorWidget()
  const { handle } = widget
  const { of } = listenToAll(widget)
  await handle.run('sendMessage', ['Hello'])
  await handle.run('identify', [{ id: 'u' }, { jwt: 'proof' }])
  await handle.run('rate', [5])
  await handle.run('logout', [])
  await handle.consent(false)
  await expect
    .poll(() => of('identity:changed').map(({ data }) => data))
    .toEqual([{ verified: true }, { verified: false }])
  expect([of('conversation:rated')[0]?.data, of('consent')[0]?.data]).toEqual([{ score: 5 }, { storage: 'denied' }])
})

it('keeps listeners over shutdown, update and another widget', async () => {
  const widget = mountVisitorWidget()
  const { handle } = widget
  const { types } = listenToAll(widget)
  await handle.run('shutdown', [])
  await handle.run('init', [{ widgetKey: 'wk_demo' }])
  await handle.run('update', [{ greeting: 'Hi' }])
  await expect.poll(types).toEqual(['ready', 'hide', 'identity:changed', 'show'])
})

it('knows who listens', () => {
  const events = createWidgetEvents()
  const off = events.on('open', () => {})
  expect(events.all).toHaveLength(1)
  off()
  expect(events.all).toEqual([])
})
