import { ChatError, type ClientFrame, type ServerFrame, type SessionReady, textOf } from '@chatdesk/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { adoptEntries } from './client/adopt-entries.js'
import { createVisitorActions } from './client/visitor-actions.js'
import type { MessageView } from './conversation.js'
import { decodeOutbox } from './outbox/outbox-disk.js'
import type { IdentityProvider, KeyValueStorage, TransportFactory } from './ports.js'
import { createMemoryStorage } from './storage/memory-storage.js'
import {
  createTestClient,
  createTestServer,
  manualClock,
  serverId,
  settle,
  type TestClient,
  type TestServer,
  testIdentity,
} from './testing/index.js'

const open: TestClient['client'][] = []

function setUp(options: Parameters<typeof createTestClient>[0] = {}) {
  const clock = manualClock()
  const test = createTestClient({ clock, ...options })
  open.push(test.client)
  return { clock, ...test, actions: createVisitorActions(test.client) }
}

afterEach(async () => {
  for (const client of open.splice(0)) await client.dispose()
})

const texts = (client: TestClient['client']) =>
  client.$timeline
    .get()
    .filter((entry): entry is MessageView => entry.type === 'message')
    .map(({ parts, delivery }) => `${textOf(parts)}:${delivery}`)
const logged = (server: TestServer) =>
  server.log().events.flatMap((event) => (event.type === 'message.created' ? textOf(event.parts) : []))
const sent = <T extends ClientFrame['type']>(server: TestServer, type: T) =>
  server.received.filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type)

describe('what the server says of a session', () => {
  it('is told before the first transport is made', async () => {
    const steps: string[] = []
    const server = createTestServer({ settings: { tabs: 'shared' } })
    const { client } = setUp({
      server,
      async onSession({ sessionId, widget }) {
        steps.push(`a session: ${widget.tabs}`)
        expect(sessionId).toMatch(/^[\da-f-]{36}$/)
        await settle()
        steps.push('done')
      },
      transports: [
        () => {
          steps.push('a transport')
          return server.transport()
        },
      ],
    })
    await client.start()
    expect(steps).toEqual(['a session: shared', 'done', 'a transport'])
  })

  it('need not be heard: the client is served as if nobody had listened', async () => {
    const { client, clock, server } = setUp({ onSession: () => Promise.reject(new Error('no such chunk')) })
    const started = client.start()
    await clock.advance(1_000)
    await started
    expect(server.connections).toBe(1)
  })
})

describe('the widget', () => {
  /** A fetch of the widget's settings is answered when the test says so. */
  const setUpHeld = () => {
    const server = createTestServer()
    const held: (() => void)[] = []
    const fetch: typeof globalThis.fetch = async (input, request) => {
      const answer = await server.fetch(input, request)
      if (String(input).includes('/config')) await new Promise<void>((resolve) => held.push(resolve))
      return answer
    }
    return { held, ...setUp({ server, fetch }) }
  }

  it('[G1] is shown as init tells it, and as it is whenever its version is another one', async () => {
    const { client, server } = setUp()
    await client.start()
    const shown: (string | undefined)[] = []
    client.$settings.subscribe((settings) => shown.push(settings?.name))
    server.changeWidget({ name: 'Renamed', greeting: '' })
    await settle()
    expect(client.$settings.get()).toMatchObject({ name: 'Renamed', greeting: '', tabs: 'isolated' })
    server.push({ type: 'widget.changed', widgetVersion: client.$settings.get()?.version ?? '' })
    await settle()
    expect(shown).toEqual(['Demo', 'Renamed'])
  })

  it('[G1] is asked for by its version, so that no cache answers with another, and without cookies', async () => {
    const server = createTestServer()
    const fetch = vi.fn(server.fetch)
    await setUp({ server, fetch }).client.start()
    expect(fetch).toHaveBeenCalledTimes(1)
    server.changeWidget({ version: 'v_2-A' })
    await settle()
    expect(fetch).toHaveBeenCalledTimes(2)
    expect(fetch).toHaveBeenLastCalledWith(
      expect.stringMatching(/\/api\/chat-widget\/public\/widget\/wk_demo\/config\?version=v_2-A$/),
      { credentials: 'omit' },
    )
  })

  it('[G1] was changed while there was no connection', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    server.setReachable(false)
    server.changeWidget({ name: 'Renamed' })
    server.setReachable(true)
    await clock.advance(60_000)
    expect(client.$settings.get()?.name).toBe('Renamed')
  })

  it('[G1] is shown as it was told last, in whatever order the answers come', async () => {
    const { client, server, held } = setUpHeld()
    await client.start()
    const first = client.$settings.get()?.version
    for (const name of ['Second', 'Third']) {
      server.changeWidget({ name })
      await settle()
    }
    held[1]?.()
    await settle()
    expect(client.$settings.get()?.name).toBe('Third')
    held[0]?.()
    await settle()
    expect(client.$settings.get()?.name).toBe('Third')
    server.changeWidget({ name: 'Fourth' })
    await settle()
    // Taken back before it was there.
    server.changeWidget({ name: 'Third', version: first ?? '' })
    await settle()
    for (const answer of held) answer()
    await settle()
    expect(client.$settings.get()).toMatchObject({ name: 'Third', version: first })
  })

  it('[G1] that cannot be fetched stays as it was, until it is told of again', async () => {
    const server = createTestServer()
    let broken = true
    const fetch: typeof globalThis.fetch = async (input, request) =>
      broken && String(input).includes('/config') ? new Response('no', { status: 502 }) : server.fetch(input, request)
    const { client } = setUp({ server, fetch })
    await client.start()
    server.changeWidget({ name: 'Renamed' })
    await settle()
    expect(client.$settings.get()?.name).toBe('Demo')
    broken = false
    server.push({ type: 'widget.changed', widgetVersion: 'first+' })
    await settle()
    expect(client.$settings.get()?.name).toBe('Renamed')
  })

  it('[G2] that is switched off is not asked for again and again', async () => {
    const { client, clock, server } = setUp()
    await client.start()
    const off = new ChatError('FORBIDDEN', 'This widget is switched off.')
    server.refuse('session.start', off, 9)
    server.drop({ reason: 'remote', error: off })
    await clock.advance(600_000)
    expect(client.$connection.get()).toMatchObject({ status: 'failed', error: { code: 'FORBIDDEN' } })
    expect(sent(server, 'session.start')).toHaveLength(1)
  })
})

describe('a conversation', () => {
  it('starts with the first message and goes both ways', async () => {
    const { client, server } = setUp()
    await client.start()
    expect(client.$conversation.get()).toMatchObject({ id: null, synced: true, hasOlder: false })

    const message = await client.sendMessage('Hello')
    expect(message).toMatchObject({ seq: 1, parts: [{ type: 'text', text: 'Hello' }] })
    server.agentSays('Hi!')
    await settle()

    expect(texts(client)).toEqual(['Hello:sent', 'Hi!:sent'])
    expect(client.$unreadCount.get()).toBe(1)
    expect(client.$conversation.get()).toMatchObject({ status: 'assigned', agent: { name: 'Asha' } })
    expect(client.$settings.get()?.name).toBe('Demo')
  })

  it('[Q6] shows a message at once, under the key that it keeps', async () => {
    const { client, server } = setUp()
    await client.start()
    const release = server.hold('message.send')
    const promise = client.sendMessage('Hello')
    const [shown] = client.$timeline.get()
    expect(texts(client)).toEqual(['Hello:queued'])
    await settle()
    expect(texts(client)).toEqual(['Hello:sending'])
    release()
    await promise
    expect(texts(client)).toEqual(['Hello:sent'])
    expect(client.$timeline.get()[0]?.key).toBe(shown?.key)
    server.reads('team')
    await settle()
    expect(texts(client)).toEqual(['Hello:read'])
  })

  it('[Q7] keeps the order of what was written in one go, with one message on its way', async () => {
    const { client, server } = setUp()
    await client.start()
    const release = server.hold('message.send')
    const words = Array.from({ length: 20 }, (_, index) => `word ${index}`)
    const promises = words.map((word) => client.sendMessage(word))
    await settle()
    expect(texts(client).filter((text) => text.endsWith(':sending'))).toHaveLength(1)
    release()
    const messages = await Promise.all(promises)
    expect(messages.map(({ seq }) => seq)).toEqual(words.map((_, index) => index + 1))
    expect(logged(server)).toEqual(words)
  })

  it('[Q7] lets no message overtake one that was refused for a while', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    await client.sendMessage('Hello')
    const release = server.hold('message.send')
    const words = ['one', 'two', 'three']
    const promises = words.map((word) => client.sendMessage(word))
    await settle()
    server.refuse('message.send', new ChatError('UNAVAILABLE', 'The database does not answer.'))
    release()
    await clock.advance(2_000)
    await Promise.all(promises)
    expect(logged(server)).toEqual(['Hello', ...words])
  })

  it('tells its listeners of every message once, and of none from before', async () => {
    const { client, server } = setUp()
    server.startConversation()
    server.agentSays('from before')
    const heard: string[] = []
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    client.on('message', () => {
      throw new Error('a listener of a stranger')
    })
    client.on('message', ({ parts, own }) => heard.push(`${textOf(parts)}:${own}`))
    await client.start()
    await client.sendMessage('mine')
    server.agentSays('theirs')
    await settle()
    expect(print).toHaveBeenCalledTimes(2)
    print.mockRestore()
    expect(heard).toEqual(['mine:true', 'theirs:false'])
  })

  it('loads older messages, once however often it is asked', async () => {
    const { client, server } = setUp()
    server.startConversation()
    for (let count = 1; count <= 120; count += 1) server.visitorSays(`${count}`)
    await client.start()
    expect(client.$timeline.get()).toHaveLength(50)
    expect(client.$conversation.get().hasOlder).toBe(true)
    const results = await Promise.all([client.loadOlder(), client.loadOlder()])
    expect(results).toEqual([{ reachedStart: false }, { reachedStart: false }])
    expect(sent(server, 'history.load')).toHaveLength(1)
    expect(await client.loadOlder()).toEqual({ reachedStart: true })
    expect(await client.loadOlder()).toEqual({ reachedStart: true })
    expect(logged(server)).toEqual(texts(client).map((text) => text.replace(':sent', '')))
    expect(client.$conversation.get().hasOlder).toBe(false)
  })

  it('[C4] [C5] ends, and reopens with the next message', async () => {
    const { client } = setUp()
    await client.start()
    await client.sendMessage('Hello')
    await client.end()
    await settle()
    expect(client.$conversation.get().status).toBe('resolved')
    await client.sendMessage('One more thing')
    expect(client.$conversation.get().status).toBe('waiting')
  })

  it('[H2] sends a read mark only for news, one at a time, and again after a lost connection', async () => {
    const { client, server, clock } = setUp()
    server.startConversation()
    server.agentSays('one')
    await client.start()
    const release = server.hold('message.markRead')
    client.markRead()
    client.markRead()
    expect(client.$unreadCount.get()).toBe(0)
    server.agentSays('two')
    await settle()
    client.markRead()
    server.agentSays('three')
    await settle()
    client.markRead()
    await settle()
    expect(sent(server, 'message.markRead').map(({ upToSeq }) => upToSeq)).toEqual([2])
    server.drop()
    await clock.advance(1_000)
    release()
    await settle()
    expect(server.log().reads.visitor).toBe(4)
    expect(client.$unreadCount.get()).toBe(0)
    client.markRead()
    await settle()
    expect(sent(server, 'message.markRead').map(({ upToSeq }) => upToSeq)).toEqual([2, 4])
  })

  it('[Y1] says at most every three seconds that its author types, and that they stopped', async () => {
    const { client, server, clock } = setUp()
    server.startConversation()
    await client.start()
    for (let second = 0; second < 7; second += 1) {
      client.setTyping(true)
      await clock.advance(1_000)
    }
    client.setTyping(false)
    client.setTyping(false)
    client.setTyping(true)
    await client.sendMessage('done')
    expect(sent(server, 'typing.set').map(({ active }) => active)).toEqual([true, true, true, false, true, false])
  })

  it('[Y1] shows who types, until they write or six seconds have passed', async () => {
    const { client, server, clock } = setUp()
    server.startConversation()
    await client.start()
    server.types('agent', true)
    await settle()
    expect(client.$typing.get()).toMatchObject([{ kind: 'agent', name: 'Asha' }])
    await clock.advance(5_999)
    expect(client.$typing.get()).toHaveLength(1)
    await clock.advance(1)
    expect(client.$typing.get()).toEqual([])
    server.types('agent', true)
    server.agentSays('there')
    await settle()
    expect(client.$typing.get()).toEqual([])
  })
})

describe('presence', () => {
  it('[P3] of the team is told with the session, and when it changes', async () => {
    const { client, server } = setUp()
    expect(client.$presence.get()).toBeNull()
    await client.start()
    expect(client.$presence.get()).toEqual({ online: false, agent: false })
    server.push({ type: 'team.presence', team: { online: true, agent: true } })
    await settle()
    expect(client.$presence.get()).toEqual({ online: true, agent: true })
  })

  it('[P4] that makes a listener of a stranger throw holds nothing up', async () => {
    const { client, server } = setUp()
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    client.$presence.listen(() => {
      throw new Error('a listener of a stranger')
    })
    await client.start()
    await client.sendMessage('Hello')
    expect(print).toHaveBeenCalledTimes(1)
    print.mockRestore()
    expect(logged(server)).toEqual(['Hello'])
  })
})

describe('inactivity', () => {
  const MINUTES = 60_000
  /** With a server that needs no heartbeat for as long as this takes. */
  const setUpQuiet = (options: Parameters<typeof setUp>[0] = {}) => {
    const clock = manualClock()
    return {
      ...setUp({ clock, server: createTestServer({ clock, heartbeatMs: 30 * 24 * 60 * MINUTES }), ...options }),
      clock,
    }
  }
  const signs = (server: TestServer) => sent(server, 'activity.set').map(({ active }) => active)

  it('[N1] is said once, five minutes after the last act, and its end with the next', async () => {
    const { client, server, clock } = setUpQuiet()
    await client.start()
    await clock.advance(5 * MINUTES - 1)
    expect(signs(server)).toEqual([])
    await clock.advance(60 * MINUTES)
    expect(signs(server)).toEqual([false])
    client.noteActivity()
    client.noteActivity()
    await settle()
    expect(signs(server)).toEqual([false, true])
    await clock.advance(5 * MINUTES)
    expect(signs(server)).toEqual([false, true, false])
  })

  it.each<[string, (client: TestClient['client']) => unknown]>([
    ['writing', (client) => client.sendMessage('Hello')],
    ['typing', (client) => client.setTyping(true)],
    ['what the page takes for one', (client) => client.noteActivity()],
  ])('[N1] an act is %s', async (_name, act) => {
    const { client, server, clock } = setUpQuiet()
    server.startConversation()
    server.agentSays('Hello?')
    await client.start()
    await clock.advance(4 * MINUTES)
    act(client)
    await clock.advance(5 * MINUTES - 1)
    expect(signs(server)).toEqual([])
    await clock.advance(1)
    expect(signs(server)).toEqual([false])
    act(client)
    await settle()
    expect(signs(server)).toEqual([false, true])
  })

  it('[N1] takes as long as the page says, or is never said', async () => {
    const short = setUpQuiet({ inactivityMs: 1_000 })
    const never = setUpQuiet({ inactivityMs: 0 })
    for (const { client, clock } of [short, never]) {
      await client.start()
      await clock.advance(1_000)
    }
    await never.clock.advance(24 * 60 * MINUTES)
    expect([signs(short.server), signs(never.server)]).toEqual([[false], []])
  })

  it('[N1] is said again on a new connection; that there was none before, is not', async () => {
    const { client, server, clock } = setUpQuiet({ inactivityMs: 10 * MINUTES })
    const reconnect = async () => {
      server.drop()
      await clock.advance(MINUTES)
    }
    await client.start()
    await reconnect()
    expect(signs(server)).toEqual([])
    await clock.advance(10 * MINUTES)
    expect(signs(server)).toEqual([false])
    await reconnect()
    expect(signs(server)).toEqual([false, false])
    client.noteActivity()
    await reconnect()
    expect(signs(server)).toEqual([false, false, true])
  })

  it('[N1] what was said without a connection is said on the next one, once', async () => {
    const { client, server, clock } = setUpQuiet()
    await client.start()
    await clock.advance(5 * MINUTES)
    for (const time of [1, 2]) {
      server.setReachable(false)
      await settle()
      if (time === 1) client.noteActivity()
      server.setReachable(true)
      await clock.advance(MINUTES)
    }
    expect(signs(server)).toEqual([false, true])
  })
})

describe('a failed message', () => {
  it('stays with its error until it is sent again under the same id', async () => {
    const { client, server } = setUp()
    await client.start()
    server.refuse('message.send', new ChatError('FORBIDDEN', 'not now'))
    await expect(client.sendMessage('Hello')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const [failed] = client.$timeline.get() as MessageView[]
    expect(failed).toMatchObject({ delivery: 'failed', error: { code: 'FORBIDDEN' } })
    await client.retryMessage(failed?.key as string)
    const ids = sent(server, 'message.send').map(({ clientMessageId }) => clientMessageId)
    expect(ids).toEqual([failed?.key, failed?.key])
    expect(texts(client)).toEqual(['Hello:sent'])
  })

  it('can be taken away, and nothing else can', async () => {
    const { client, server } = setUp()
    await client.start()
    await client.sendMessage('stays')
    server.refuse('message.send', new ChatError('FORBIDDEN', 'not now'))
    await client.sendMessage('goes').catch(() => {})
    const [kept, failed] = client.$timeline.get()
    await client.discardMessage(failed?.key as string)
    await expect(client.discardMessage(kept?.key as string)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(client.retryMessage(kept?.key as string)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(texts(client)).toEqual(['stays:sent'])
  })

  it('that is taken away while the disk is read is not sent after all', async () => {
    const disk = createMemoryStorage()
    const reading: (() => void)[] = []
    let isSlow = false
    const storage: KeyValueStorage = {
      ...disk,
      async get(key) {
        const text = await disk.get(key)
        if (isSlow) await new Promise<void>((resolve) => reading.push(resolve))
        return text
      },
    }
    const { client, server, clock } = setUp({ storage })
    await client.start()
    server.startConversation()
    server.setReachable(false)
    const sending = client.sendMessage('goes')
    await settle()
    isSlow = true
    server.setReachable(true)
    await clock.advance(2_000)
    expect(reading).toHaveLength(1)
    await client.discardMessage(client.$timeline.get()[0]?.key as string)
    await expect(sending).rejects.toMatchObject({ code: 'ABORTED' })
    isSlow = false
    for (const go of reading) go()
    await clock.advance(5_000)
    expect(client.$connection.get().status).toBe('online')
    expect(texts(client)).toEqual([])
    expect(server.log().events).toEqual([])
  })

  it('does not hold up the next one', async () => {
    const { client, server } = setUp()
    await client.start()
    await client.sendMessage('first')
    server.refuse('message.send', new ChatError('VALIDATION_FAILED', 'no'))
    const refused = client.sendMessage('refused')
    await client.sendMessage('taken')
    await expect(refused).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(texts(client)).toEqual(['first:sent', 'taken:sent', 'refused:failed'])
  })

  it('is not one that is refused for a while: it goes again after the time that the server asks for', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    server.refuse('message.send', new ChatError('RATE_LIMITED', 'slowly', { retryAfterMs: 7_000 }))
    const promise = client.sendMessage('Hello')
    await clock.advance(6_999)
    expect(texts(client)).toEqual(['Hello:queued'])
    await clock.advance(1)
    await promise
    expect(texts(client)).toEqual(['Hello:sent'])
  })

  it('is refused where the client cannot connect for good, and sent when it can', async () => {
    const { client, server, clock } = setUp()
    server.refuse('session.start', new ChatError('FORBIDDEN_ORIGIN', 'no'))
    const early = client.sendMessage('before').catch((error: ChatError) => error.code)
    await expect(client.start()).rejects.toMatchObject({ code: 'FORBIDDEN_ORIGIN' })
    expect(await early).toBe('FORBIDDEN_ORIGIN')
    await expect(client.sendMessage('after')).rejects.toMatchObject({ code: 'FORBIDDEN_ORIGIN' })
    const [before] = client.$timeline.get()
    expect(client.$timeline.get()).toMatchObject([{ delivery: 'failed' }, { delivery: 'failed' }])
    await client.start()
    await clock.advance(1_000)
    await client.retryMessage(before?.key ?? '')
    expect(client.$timeline.get()).toMatchObject([{ delivery: 'sent' }, { delivery: 'failed' }])
  })

  it('[X1] [X3] never begins as one that no server would take', async () => {
    const { client } = setUp()
    for (const content of ['', ' \n\t ', 'x'.repeat(5001), []])
      await expect(client.sendMessage(content)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(client.$timeline.get()).toEqual([])
  })

  it('waits in an outbox that refuses the 201st aloud', async () => {
    const { client } = setUp()
    for (let count = 0; count < 200; count += 1) client.sendMessage(`${count}`)
    await expect(client.sendMessage('one too many')).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(client.$timeline.get()).toHaveLength(200)
  })
})

describe('a lost connection', () => {
  it('[R3] resumes where the log was left, and tells of what came meanwhile', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    await client.sendMessage('Hello')
    const heard: string[] = []
    client.on('message', ({ parts }) => heard.push(textOf(parts)))
    server.setReachable(false)
    await settle()
    server.agentSays('one')
    server.agentSays('two')
    server.setReachable(true)
    await clock.advance(1_000)
    expect(client.$connection.get()).toMatchObject({ status: 'online' })
    expect(heard).toEqual(['one', 'two'])
    const [, resumed] = sent(server, 'session.start')
    expect(resumed?.cursors).toMatchObject([{ conversationId: server.log().id, seq: 1 }])
  })

  it('[Q3] sends again what was not answered, and it is in the log once', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    await client.sendMessage('first')
    const answer = server.loseAnswers()
    const promise = client.sendMessage('second')
    await settle()
    expect(logged(server)).toEqual(['first', 'second'])
    expect(texts(client)).toEqual(['first:sent', 'second:sending'])
    answer()
    server.drop()
    await clock.advance(1_000)
    await promise
    expect(logged(server)).toEqual(['first', 'second'])
    expect(texts(client)).toEqual(['first:sent', 'second:sent'])
  })

  it('gives up a connection that leaves a message unanswered, and finds by the next what became of it', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    await client.sendMessage('first')
    const answer = server.loseAnswers()
    const promise = client.sendMessage('second')
    await clock.advance(9_000)
    answer()
    await clock.advance(2_000)
    await promise
    expect(texts(client)).toEqual(['first:sent', 'second:sent'])
    expect(sent(server, 'session.start')).toHaveLength(2)
    expect(sent(server, 'message.send')).toHaveLength(2)
    expect(logged(server)).toEqual(['first', 'second'])
  })

  it('acked is not settled: what the log does not show is sent again (D2)', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    await client.sendMessage('first')
    server.log().rewind(0)
    const conversationId = server.log().id
    server.push({ type: 'heartbeat', heads: { [conversationId]: 0 } })
    const promise = client.sendMessage('second')
    await settle()
    // The server that was restored from a backup gives it a seq that this client has seen already.
    expect(server.log().events).toHaveLength(1)
    server.drop()
    await clock.advance(1_000)
    await promise
    expect(texts(client)).toEqual(['second:sent'])
  })

  it('finds its own message when it is older than what it holds', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    await client.sendMessage('first')
    const answer = server.loseAnswers()
    const promise = client.sendMessage('second')
    await settle()
    server.setReachable(false)
    answer()
    await settle()
    for (let count = 0; count < 600; count += 1) server.agentSays(`${count}`)
    server.setReachable(true)
    await clock.advance(1_000)
    expect(await promise).toMatchObject({ seq: 2 })
    expect(client.$timeline.get().filter((entry) => entry.type === 'message' && entry.own)).toEqual([])
    expect(logged(server).filter((text) => text === 'second')).toHaveLength(1)
  })

  it('[R4] drops what it holds when the log is another, and keeps what is unsent', async () => {
    const { client, server, clock } = setUp()
    server.startConversation()
    for (let count = 1; count <= 5; count += 1) server.agentSays(`${count}`)
    await client.start()
    server.setReachable(false)
    await settle()
    server.log().rewind(3)
    server.agentSays('other')
    const promise = client.sendMessage('unsent')
    server.setReachable(true)
    await clock.advance(1_000)
    await promise
    expect(texts(client)).toEqual(['1:sent', '2:sent', 'other:sent', 'unsent:sent'])
  })

  it('[Q5] finds a lost last message by the head in a heartbeat', async () => {
    const { client, server } = setUp()
    server.startConversation()
    await client.start()
    const hear = server.loseAnswers()
    server.agentSays('lost')
    await settle()
    hear()
    expect(texts(client)).toEqual([])
    server.heartbeat()
    await settle()
    expect(texts(client)).toEqual(['lost:sent'])
  })

  it('asks again for a hole whose filling failed', async () => {
    const { client, server } = setUp()
    server.startConversation()
    await client.start()
    const hear = server.loseAnswers()
    server.agentSays('lost')
    hear()
    server.refuse('history.load', new ChatError('UNAVAILABLE', 'busy'))
    server.heartbeat()
    await settle()
    expect(texts(client)).toEqual([])
    server.heartbeat()
    await settle()
    expect(texts(client)).toEqual(['lost:sent'])
  })
})

describe('a reload', () => {
  const page = (server: TestServer, storage: KeyValueStorage, tabId = 'tab-00000001') =>
    setUp({ server, storage, identity: testIdentity(tabId) })

  it('keeps what was not sent, and sends it in order', async () => {
    const server = createTestServer()
    const storage = createMemoryStorage()
    server.setReachable(false)
    const before = page(server, storage)
    before.client.start()
    before.client.sendMessage('one')
    before.client.sendMessage('two')
    await settle()
    expect(texts(before.client)).toEqual(['one:queued', 'two:queued'])
    await before.client.dispose()

    server.setReachable(true)
    const after = page(server, storage)
    await after.client.start()
    await expect.poll(() => texts(after.client)).toEqual(['one:sent', 'two:sent'])
    expect(logged(server)).toEqual(['one', 'two'])
  })

  it('threat 13: where its user has signed out shows and sends nothing that they have left', async () => {
    const server = createTestServer()
    const storage = createMemoryStorage()
    const identity = testIdentity()
    const user = { token: 'of-asha' }
    server.setReachable(false)
    const before = setUp({ server, storage, identity, user })
    before.client.start()
    before.client.sendMessage('private').catch(() => {})
    await settle()
    await before.client.dispose()

    const next = setUp({ server, storage, identity })
    next.client.start()
    next.client.sendMessage('mine')
    await settle()
    expect(texts(next.client)).toEqual(['mine:queued'])
    server.setReachable(true)
    await next.clock.advance(10_000)
    await expect.poll(() => texts(next.client)).toEqual(['mine:sent'])
    expect(logged(server)).toEqual(['mine'])
  })

  it('threat 13: of which the server says that its user is another one drops what was kept, and not what is written now', async () => {
    const server = createTestServer()
    const storage = createMemoryStorage()
    server.setReachable(false)
    const before = setUp({ server, storage, user: { token: 'of-asha' } })
    before.client.start()
    before.client.sendMessage('private').catch(() => {})
    await settle()
    await before.client.dispose()

    server.setReachable(true)
    const { client } = setUp({
      server,
      storage,
      user: { token: 'of-ravi' },
      async fetch(input, init) {
        client.sendMessage('mine')
        const answer = (await (await server.fetch(input, init)).json()) as object
        return new Response(JSON.stringify({ ...answer, forget: true }))
      },
    })
    await client.start()
    await expect.poll(() => texts(client)).toEqual(['mine:sent'])
    expect(logged(server)).toEqual(['mine'])
  })

  it('[C2] [Q3] between the start of the conversation and the answer makes neither twice', async () => {
    const server = createTestServer()
    const storage = createMemoryStorage()
    const before = page(server, storage)
    await before.client.start()
    const release = server.hold('message.send')
    before.client.sendMessage('once')
    await settle()
    server.loseAnswers()
    release()
    await before.client.dispose()
    expect(logged(server)).toEqual(['once'])

    server.loseAnswers()()
    const after = page(server, storage)
    await after.client.start()
    await settle()
    expect(texts(after.client)).toEqual(['once:sent'])
    expect(sent(server, 'conversation.start')).toHaveLength(1)
    expect(logged(server)).toEqual(['once'])
  })

  it('keeps what was refused as failed', async () => {
    const server = createTestServer()
    const storage = createMemoryStorage()
    const before = page(server, storage)
    await before.client.start()
    server.refuse('message.send', new ChatError('FORBIDDEN', 'no'))
    await before.client.sendMessage('refused').catch(() => {})
    await before.client.dispose()
    const after = page(server, storage)
    await after.client.start()
    expect(after.client.$timeline.get()).toMatchObject([{ delivery: 'failed', error: { code: 'FORBIDDEN' } }])
  })

  it('puts what was written before the start after what an earlier page left', async () => {
    const server = createTestServer()
    const storage = createMemoryStorage()
    server.setReachable(false)
    const before = page(server, storage)
    before.client.start()
    before.client.sendMessage('old')
    await settle()
    await before.client.dispose()
    server.setReachable(true)
    const after = page(server, storage)
    const promise = after.client.sendMessage('new')
    await after.client.start()
    await promise
    expect(logged(server)).toEqual(['old', 'new'])
  })

  it('of another tab sends nothing of this one', async () => {
    const server = createTestServer()
    const storage = createMemoryStorage()
    server.setReachable(false)
    const here = page(server, storage)
    here.client.start()
    here.client.sendMessage('mine')
    await settle()
    server.setReachable(true)
    const there = page(server, storage, 'tab-00000002')
    await there.client.start()
    await settle()
    expect(there.client.$timeline.get()).toEqual([])
    expect(sent(server, 'message.send')).toEqual([])
  })

  it('leaves nothing on disk once the log has everything', async () => {
    const values = new Map<string, string>()
    const storage: KeyValueStorage = {
      get: (key) => values.get(key) ?? null,
      set: (key, value) => void values.set(key, value),
      remove: (key) => void values.delete(key),
    }
    const { client } = setUp({ storage })
    await client.start()
    const promise = client.sendMessage('Hello')
    await settle()
    await promise
    await settle()
    expect([...values]).toEqual([])
  })

  it('survives a disk with nonsense on it', async () => {
    for (const nonsense of ['{', '{}', '[1]', '[["visitor",{"entries":[1,{"clientMessageId":2},null]}]]']) {
      const { client } = setUp({ storage: { get: () => nonsense, set: () => {}, remove: () => {} } })
      await client.start()
      await client.sendMessage('Hello')
      expect(texts(client)).toEqual(['Hello:sent'])
    }
  })
})

describe('the disk', () => {
  it('has a message before the network does', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const { client, server } = setUp({ storage: { get: () => null, set: () => gate, remove: () => {} } })
    await client.start()
    const promise = client.sendMessage('Hello')
    await settle()
    expect(server.received.map(({ type }) => type)).toEqual(['session.start'])
    release()
    await promise
  })

  it('has the second message before the network does as well', async () => {
    let writes: Promise<void> = Promise.resolve()
    const { client, server } = setUp({ storage: { get: () => null, set: () => writes, remove: () => writes } })
    await client.start()
    const answer = server.hold('message.send')
    const first = client.sendMessage('first')
    await settle()
    let release = () => {}
    writes = new Promise<void>((resolve) => {
      release = resolve
    })
    const second = client.sendMessage('second')
    answer()
    await first
    await settle()
    expect(sent(server, 'message.send')).toHaveLength(1)
    release()
    await second
  })

  it('[C2] has the id of the conversation before the network does', async () => {
    const storage = createMemoryStorage()
    const { client, server } = setUp({ storage })
    await client.start()
    server.hold('conversation.start')
    void client.sendMessage('Hello')
    await settle()
    const [start] = sent(server, 'conversation.start')
    expect(await storage.get('chatdesk/outbox/wk_demo/tab-00000001')).toContain(start?.clientConversationId)
  })

  it('names on disk the conversation of what is about to leave, and a token to send it', async () => {
    const storage = createMemoryStorage()
    const { client, server } = setUp({ storage })
    await client.start()
    const release = server.hold('message.send')
    const stored = async () => decodeOutbox(await storage.get('chatdesk/outbox/wk_demo/tab-00000001'))[0]?.[1]
    const said = client.sendMessage('hello')
    await settle()
    expect(sent(server, 'message.send')).toHaveLength(1)
    expect(await stored()).toMatchObject({ conversationId: server.log().id, sendToken: 'send-token-1' })
    release()
    await said
    await settle()
    expect(await stored()).toBeUndefined()
  })

  it('takes over what a page before could not send, unless it has a conversation of its own', async () => {
    const storage = createMemoryStorage()
    const { client, server } = setUp({ storage })
    const left = { clientMessageId: 'left-0001', parts: [{ type: 'text' as const, text: 'left behind' }] }
    const entry = { ...left, createdAt: '2026-11-21T11:00:00Z', delivery: 'queued' as const }
    await client.start()
    expect(await adoptEntries(client, [entry], undefined)).toBe(true)
    expect(await storage.get('chatdesk/outbox/wk_demo/tab-00000001')).toContain('left-0001')
    await settle()
    expect(logged(server)).toEqual(['left behind'])
    expect(await adoptEntries(client, [{ ...entry, clientMessageId: 'left-0002' }], undefined)).toBe(false)
    expect(client.$timeline.get()).toHaveLength(1)
  })

  it('[V1] says what a page before could not say of its visitor before what it could not send', async () => {
    const { client, server } = setUp({ storage: createMemoryStorage() })
    const left = { clientMessageId: 'left-0001', parts: [{ type: 'text' as const, text: 'left behind' }] }
    const entry = { ...left, createdAt: '2026-11-21T11:00:00Z', delivery: 'queued' as const }
    const command = { type: 'visitor.update' as const, facts: { traits: { name: 'Asha' } } }
    await client.start()
    expect(await adoptEntries(client, [entry], undefined, [['e', { command }]])).toBe(true)
    await settle()
    const said = server.received.map(({ type }) => type).filter((type) => /update|send$/.test(type))
    expect(said).toEqual(['visitor.update', 'message.send'])
  })

  it('threat 13: says whose a message is, and takes none of another visitor', async () => {
    const storage = createMemoryStorage()
    const { client, server } = setUp({ storage })
    await client.start()
    const release = server.hold('conversation.start')
    const said = client.sendMessage('mine')
    await settle()
    const [[, { visitorId = '', entries }] = ['', { entries: [] }]] = decodeOutbox(
      await storage.get('chatdesk/outbox/wk_demo/tab-00000001'),
    )
    release()
    await said
    const next = setUp({ server })
    await next.client.start()
    expect(await adoptEntries(next.client, entries, serverId(0xdead))).toBe(false)
    expect(texts(next.client)).not.toContain('mine:queued')
    const own = setUp({ storage: createMemoryStorage() })
    await own.client.start()
    expect(await adoptEntries(own.client, entries, visitorId)).toBe(true)
  })

  it('leaves on disk what it could only keep in memory', async () => {
    const denied = () => Promise.reject(new Error('denied'))
    const { client, server } = setUp({ storage: { get: denied, set: denied, remove: denied } })
    await client.start()
    const message = { clientMessageId: 'left-0001', parts: [{ type: 'text' as const, text: 'left behind' }] }
    expect(
      await adoptEntries(client, [{ ...message, createdAt: '2026-11-21T11:00:00Z', delivery: 'queued' }], undefined),
    ).toBe(false)
    expect([texts(client), sent(server, 'conversation.start')]).toEqual([[], []])
  })

  it.each([
    ['refuses', () => Promise.reject(new Error('quota'))],
    ['hangs', () => new Promise<void>(() => {})],
  ])('that %s costs the promise of a reload, not the message', async (_, set) => {
    const { client, clock } = setUp({ storage: { get: () => null, set, remove: set } })
    await client.start()
    expect(client.$persistence.get()).toBe('disk')
    const promise = client.sendMessage('Hello')
    await clock.advance(3_000)
    await promise
    expect(client.$persistence.get()).toBe('memory')
    await client.sendMessage('Again')
  })
})

describe('the session', () => {
  it('keeps trying when the visitor is offline at the start', async () => {
    const { client, server, clock } = setUp()
    server.setReachable(false)
    const started = client.start()
    const promise = client.sendMessage('typed meanwhile')
    await settle()
    expect(client.$connection.get()).toMatchObject({ status: 'waiting', error: { code: 'OFFLINE' } })
    expect(client.$settings.get()).toBeNull()
    await clock.advance(60_000)
    server.setReachable(true)
    await clock.advance(60_000)
    await started
    expect(await promise).toMatchObject({ seq: 1 })
  })

  it.each([
    [404, '{"error":"Not found"}', 'failed', 'NOT_FOUND'],
    [502, '{"error":{}}', 'waiting', 'UNAVAILABLE'],
    [200, '<!doctype html>', 'waiting', 'UNAVAILABLE'],
    [200, 'null', 'waiting', 'UNAVAILABLE'],
  ])('takes a stranger that answers %i and %s by its status', async (status, body, ended, code) => {
    const { client } = setUp({ fetch: async () => new Response(body, { status }) })
    client.start().catch(() => {})
    await settle()
    expect(client.$connection.get()).toMatchObject({ status: ended, error: { code } })
  })

  it('[S4] opens a new session when its token is refused, once', async () => {
    const { client, server, clock } = setUp()
    await client.start()
    await client.sendMessage('Hello')
    server.revokeTokens()
    server.drop()
    await clock.advance(1_000)
    expect(client.$connection.get()).toMatchObject({ status: 'online' })
    server.refuse('session.start', new ChatError('UNAUTHENTICATED', 'no'), 2)
    server.drop()
    await clock.advance(1_000)
    expect(client.$connection.get()).toMatchObject({ status: 'failed', error: { code: 'UNAUTHENTICATED' } })
    expect(server.connections).toBe(0)
  })

  it('[S12] brings what the page knows by then to a renewal, and what it was given where the page has lost that', async () => {
    const server = createTestServer()
    const claims: { token?: string; visitorToken?: string }[] = []
    let known: Awaited<ReturnType<IdentityProvider['resolve']>> = { tabId: 'tab-00000001' }
    const { client, clock } = setUp({
      server,
      identity: { resolve: async () => known, remember: async () => {} },
      fetch(input, init) {
        claims.push(JSON.parse(String(init?.body)))
        return server.fetch(input, init)
      },
    })
    const renew = async () => {
      server.revokeTokens()
      server.drop()
      await clock.advance(1_000)
    }
    await client.start()
    await renew()
    expect(claims[1]).toMatchObject({ token: 'token-1', visitorToken: 'visitor-token' })
    known = { ...known, visitorToken: 'of-another-tab' }
    await renew()
    expect(claims[2]).toMatchObject({ token: 'token-2', visitorToken: 'of-another-tab' })
    expect(client.$connection.get().status).toBe('online')
  })

  it('[S4] keeps the visitor token that the server does not know by its session', async () => {
    const server = createTestServer()
    const remembered: unknown[] = []
    const { client } = setUp({
      server,
      identity: {
        resolve: async () => ({ tabId: 'tab-00000001', visitorToken: 'of-another-tab' }),
        remember: async ({ visitorToken }) => void remembered.push(visitorToken),
      },
      async fetch(input, init) {
        const answer = await server.fetch(input, init)
        return new Response(JSON.stringify({ ...((await answer.json()) as object), visitorToken: null }))
      },
    })
    await client.start()
    expect(remembered).toEqual(['of-another-tab'])
  })

  it('[S13] says who is signed in, with a proof that is asked for anew at each renewal', async () => {
    const server = createTestServer()
    const said: unknown[] = []
    const traits = { name: 'Asha' }
    let proofs = 0
    const { client, clock } = setUp({
      server,
      traits,
      user: async () => ({ token: `proof-${++proofs}` }),
      fetch(input, init) {
        const { user, traits } = JSON.parse(String(init?.body))
        said.push({ user, traits })
        return server.fetch(input, init)
      },
    })
    await client.start()
    server.revokeTokens()
    server.drop()
    await clock.advance(1_000)
    expect(client.$connection.get().status).toBe('online')
    expect(said).toEqual([
      { user: { token: 'proof-1' }, traits },
      { user: { token: 'proof-2' }, traits },
    ])
  })

  it('[S13] a proof that cannot be fetched now is fetched again, and one that is refused ends it with its field', async () => {
    const server = createTestServer()
    const refusal = { code: 'UNAUTHENTICATED', message: 'user.token: exp is past.', field: 'user.token' }
    let attempts = 0
    const { client, clock } = setUp({
      server,
      user: () => (attempts++ === 0 ? Promise.reject(new TypeError('Failed to fetch')) : { token: 'stale' }),
      fetch: async () => new Response(JSON.stringify({ error: refusal }), { status: 401 }),
    })
    const started = client.start()
    started.catch(() => {})
    await clock.advance(10_000)
    await expect(started).rejects.toMatchObject(refusal)
    expect(attempts).toBe(2)
  })

  it('fails at once for an unknown widget key', async () => {
    const { client } = setUp({ widgetKey: 'wk_unknown' })
    const errors: string[] = []
    client.on('error', ({ code }) => errors.push(code))
    await expect(client.start()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(client.$connection.get().status).toBe('failed')
    expect(errors).toEqual(['NOT_FOUND'])
  })

  it('[S3] threat 8: the token is in the first frame and in no address', async () => {
    const server = createTestServer()
    const addresses: string[] = []
    const { client } = setUp({
      server,
      fetch: (input, init) => {
        addresses.push(String(input))
        return server.fetch(input, init)
      },
    })
    await client.start()
    expect(addresses).toEqual(['https://chat.example/api/widget/init'])
    expect(sent(server, 'session.start')[0]?.token).toMatch(/^token-/)
  })

  it('[S9] [S10] sends the device hint, and passes on for how long the server keeps the visitor', async () => {
    const server = createTestServer()
    const hints: unknown[] = []
    const remembered: unknown[] = []
    const { client } = setUp({
      server,
      identity: {
        resolve: async () => ({ tabId: 'tab-00000001', deviceHint: 'what-it-looks-like' }),
        remember: async (issued) => void remembered.push(issued),
      },
      fetch: (input, init) => {
        hints.push(JSON.parse(String(init?.body)).deviceHint)
        return server.fetch(input, init)
      },
    })
    await client.start()
    expect(hints).toEqual(['what-it-looks-like'])
    expect(remembered).toEqual([{ token: 'token-1', visitorToken: 'visitor-token', maxAgeDays: 90 }])
  })

  it('starts a new conversation when the old one is not its own any more, and keeps what is unsent', async () => {
    const clock = manualClock()
    const server = createTestServer({ clock })
    let isOther = false
    const transport: TransportFactory = () => {
      const made = server.transport()
      return {
        ...made,
        connect: ({ onFrame, ...options }) =>
          made.connect({
            ...options,
            onFrame: (frame) =>
              onFrame(isOther && frame.type === 'session.ready' ? { ...frame, conversations: [] } : frame),
          }),
      }
    }
    const { client } = setUp({ clock, server, transports: [transport] })
    await client.start()
    await client.sendMessage('in the old one')
    isOther = true
    server.drop()
    await clock.advance(1_000)
    expect(client.$conversation.get()).toMatchObject({ id: null, synced: true })
    expect(client.$timeline.get()).toEqual([])
    await client.sendMessage('in the new one')
    const ids = sent(server, 'conversation.start').map(({ clientConversationId }) => clientConversationId)
    expect(new Set(ids).size).toBe(2)
    expect(clock.pending).toBeGreaterThan(0)
  })
})

describe('the address', () => {
  it.each([
    'http://chat.example',
    'ws://chat.example',
    'http://127.0.0.1.evil.example',
    'ftp://localhost',
    'javascript:0',
  ])('threat 41: refuses %s', (url) =>
    expect(() => setUp({ url })).toThrow(expect.objectContaining({ code: 'FORBIDDEN', field: 'url' })),
  )

  it.each(['https://chat.example/desk/', 'http://localhost:3001', 'http://127.0.0.1:3001', 'http://[::1]:3001'])(
    'threat 41: takes %s',
    async (url) => {
      const { client } = setUp({ url })
      await client.start()
    },
  )

  it('is refused when it is none', () => {
    expect(() => setUp({ url: '/chat' })).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }))
  })
})

it('without a transport there is no client', () => {
  const none = expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'transports' })
  expect(() => setUp({ transports: [] })).toThrow(none)
})

it('[Q7] a page that comes back sends what the next one of its tab has left, in the order in which it was written', async () => {
  const clock = manualClock()
  const server = createTestServer({ clock })
  const storage = createMemoryStorage()
  const identity = testIdentity()
  let rest = () => {}
  let wake = () => {}
  const first = setUp({
    clock,
    server,
    storage,
    identity,
    wakeSignals: {
      onRest(listener) {
        rest = listener
        return () => {}
      },
      onWake(listener) {
        wake = listener
        return () => {}
      },
    },
  })
  await first.client.start()
  await first.client.sendMessage('on the first page')
  server.setReachable(false)
  first.client.sendMessage('before it was left')
  await settle()
  rest()

  const next = setUp({ clock, server, storage, identity })
  next.client.start()
  next.client.sendMessage('on the next page')
  await settle()
  await next.client.dispose()

  wake()
  await settle()
  first.client.sendMessage('back on the first page')
  server.setReachable(true)
  await clock.advance(60_000)
  const said = ['on the first page', 'before it was left', 'on the next page', 'back on the first page']
  expect(logged(server)).toEqual(said)
  expect(texts(first.client)).toEqual(said.map((text) => `${text}:sent`))
})

it('what is written while the page is put away is sent when it comes back', async () => {
  let rest = () => {}
  let wake = () => {}
  const { client, server } = setUp({
    wakeSignals: {
      onRest(listener) {
        rest = listener
        return () => {}
      },
      onWake(listener) {
        wake = listener
        return () => {}
      },
    },
  })
  await client.start()
  rest()
  const written = client.sendMessage('Written on the way out')
  await settle()
  expect(sent(server, 'message.send')).toEqual([])
  wake()
  await expect(written).resolves.toMatchObject({ parts: [{ text: 'Written on the way out' }] })
})

describe('dispose', () => {
  it('ends every timer, connection and promise', async () => {
    const { client, server, clock } = setUp()
    server.startConversation()
    await client.start()
    server.types('agent', true)
    server.hold('message.send')
    const unsent = client.sendMessage('Hello')
    client.setTyping(true)
    await settle()
    expect(clock.pending).toBeGreaterThan(0)
    await client.dispose()
    await client.dispose()
    await settle()
    await expect(unsent).rejects.toMatchObject({ code: 'ABORTED' })
    expect({ pending: clock.pending, connections: server.connections }).toEqual({ pending: 0, connections: 0 })
    expect(client.$connection.get()).toEqual({ status: 'idle' })
    await expect(client.start()).rejects.toMatchObject({ code: 'ABORTED' })
  })

  it('ends an attempt and a wait as well', async () => {
    const hanging = setUp({ fetch: () => new Promise(() => {}) })
    const started = hanging.client.start()
    await settle()
    await hanging.client.dispose()
    await expect(started).rejects.toMatchObject({ code: 'ABORTED' })
    const offline = setUp()
    offline.server.setReachable(false)
    offline.client.start()
    await settle()
    await offline.client.dispose()
    expect([hanging.clock.pending, offline.clock.pending]).toEqual([0, 0])
  })

  it('is the end of sending: what is written after it is refused', async () => {
    const { client } = setUp()
    await client.start()
    await client.dispose()
    await expect(client.sendMessage('too late')).rejects.toMatchObject({ code: 'ABORTED' })
    expect(client.$timeline.get()).toEqual([])
  })

  it('before the start does nothing, and nothing happened before', async () => {
    const { client, server, clock } = setUp()
    await client.dispose()
    expect([server.received.length, clock.pending]).toEqual([0, 0])
  })
})

it('[C2] keeps its conversation when a better transport answers as of before it began', async () => {
  const clock = manualClock()
  const server = createTestServer({ clock })
  let blocked = true
  let answers = () => {}
  const answered = new Promise<void>((resolve) => {
    answers = resolve
  })
  /** As if its answers took longer than those of the transport below. */
  const slow: TransportFactory = () => {
    const transport = server.transport()
    return {
      ...transport,
      name: 'better',
      async connect(options) {
        if (blocked) throw new ChatError('OFFLINE')
        let deliver = (frame: ServerFrame): void => void answered.then(() => options.onFrame(frame))
        await transport.connect({ ...options, onFrame: (frame) => deliver(frame) })
        await answered
        deliver = options.onFrame
      },
    }
  }
  const { client } = setUp({ clock, server, transports: [slow, server.transport] })
  void client.start()
  await clock.advance(1_000)
  blocked = false
  await clock.advance(30_000)
  await client.sendMessage('Hello')
  answers()
  await clock.advance(1_000)
  expect(client.$connection.get()).toMatchObject({ transport: 'better' })
  server.agentSays('Hi!')
  await client.sendMessage('Bye')
  expect(texts(client)).toEqual(['Hello:sent', 'Hi!:sent', 'Bye:sent'])
  expect(sent(server, 'conversation.start')).toHaveLength(1)
})

/** How a session stood that nobody asks about any more. */
function readyWith(conversations: SessionReady['conversations']): SessionReady {
  const self = { kind: 'visitor', id: serverId(0xf1) } as const
  const facts = { sessionId: serverId(1), protocolVersion: 1, heartbeatMs: 25_000, commandId: 'late-0001' }
  return { type: 'session.ready', self, conversations, ...facts }
}

describe('more than one conversation', () => {
  const online = async (options: Parameters<typeof setUp>[0] = {}) => {
    const test = setUp(options)
    await test.client.start()
    await test.client.sendMessage('one')
    return { ...test, first: test.server.log().id }
  }

  it('[C9] a new one is shown at once, takes what is written from then on, and is live after a reload', async () => {
    const storage = createMemoryStorage()
    const identity = testIdentity()
    const { client, actions, server, first } = await online({ storage, identity })
    await actions.newConversation()
    expect(texts(client)).toEqual([])
    await client.sendMessage('two')
    const second = server.log().id
    expect(second).not.toBe(first)
    expect(server.log(first).events).toHaveLength(1)
    expect(client.$conversation.get()).toMatchObject({ id: second, synced: true, hasOlder: false })
    await client.dispose()
    const after = setUp({ server, storage, identity })
    await after.client.start()
    expect(texts(after.client)).toEqual(['two:sent'])
  })

  it('[C9] whose answer was lost is the same when it is asked for again', async () => {
    const { client, actions, server, clock, first } = await online()
    const hear = server.loseAnswers()
    const begun = actions.newConversation()
    await settle()
    server.drop()
    hear()
    await clock.advance(1_000)
    await begun
    const second = server.log().id
    expect(second).not.toBe(first)
    expect(client.$conversation.get().id).toBe(second)
    await actions.newConversation()
    expect(client.$conversation.get().id).toBe(second)
  })

  it('[C9] whose outcome the server does not know is asked for until it is known', async () => {
    const { client, actions, server, clock, first } = await online()
    const hear = server.loseAnswers()
    const begun = actions.newConversation()
    await settle()
    hear()
    const [{ commandId = '' } = {}] = sent(server, 'conversation.start').slice(-1)
    const error = { code: 'UNAVAILABLE', message: 'The database does not answer.' } as const
    server.push({ type: 'ack', commandId, ok: false, error })
    await settle()
    expect(client.$conversation.get().id).toBe(first)
    await clock.advance(1_000)
    await begun
    expect(client.$conversation.get().id).toBe(server.log().id)
    expect(server.log().id).not.toBe(first)
  })

  it('[C10] an earlier one is read again, and a message reopens it', async () => {
    const { client, actions, server, first } = await online()
    server.agentSays('hello')
    await actions.newConversation()
    await client.sendMessage('two')
    await actions.openConversation(first)
    expect(texts(client)).toEqual(['one:sent', 'hello:sent'])
    server.changeStatus('resolved', { conversationId: first })
    await settle()
    await client.sendMessage('and this')
    expect(client.$conversation.get()).toMatchObject({ id: first, status: 'assigned' })
    await expect(actions.openConversation(serverId(0xdead))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(client.$conversation.get().id).toBe(first)
  })

  it('[C12] is refused while a message is on its way, which stays where it was written', async () => {
    const { client, actions, server, first } = await online()
    const release = server.hold('message.send')
    const promise = client.sendMessage('slow')
    await settle()
    await expect(actions.newConversation()).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true })
    release()
    await promise
    expect(server.log(first).events).toHaveLength(2)
  })

  it('[C9] what is written while it is being started goes into it', async () => {
    const { client, actions, server, first } = await online()
    const release = server.hold('conversation.start')
    const started = actions.newConversation()
    const promise = client.sendMessage('two')
    await settle()
    release()
    await started
    await promise
    expect(server.log(first).events).toHaveLength(1)
    expect(texts(client)).toEqual(['two:sent'])
  })

  it('[C12] what was left unsent for another conversation than the live one goes there first, and then the client follows', async () => {
    const storage = createMemoryStorage()
    const identity = testIdentity()
    const { client, server, clock, first } = await online({ storage, identity })
    const hear = server.loseAnswers()
    client.sendMessage('sent, perhaps').catch(() => {})
    await settle()
    await client.dispose()
    hear()
    const other = setUp({ server, clock })
    await other.client.start()
    await other.actions.newConversation()
    await other.client.sendMessage('elsewhere')
    const second = server.log().id

    const after = setUp({ server, storage, identity, clock })
    await after.client.start()
    await clock.advance(1_000)
    expect(server.log(first).events).toHaveLength(2)
    expect(after.client.$conversation.get().id).toBe(second)
    expect(texts(after.client)).toEqual(['elsewhere:sent'])
  })

  it('[C10] an answer that was asked for before the client moved does not take it back', async () => {
    const { client, actions, server, clock, first } = await online()
    await actions.newConversation()
    const second = server.log().id
    server.push(readyWith([server.log(first).sync()]))
    await clock.advance(1_000)
    expect(client.$conversation.get().id).toBe(second)
  })

  it('[C7] [Q5] the answer to a start tells no news of a conversation that was read meanwhile', async () => {
    const { client, server } = setUp({ settings: { tabs: 'shared' } })
    const told: string[] = []
    client.on('message', ({ parts }) => told.push(parts[0]?.text ?? ''))
    await client.start()
    const release = server.hold('conversation.start')
    const sending = client.sendMessage('mine')
    await settle()
    const { id, sync } = server.startConversation()
    server.push(readyWith([sync()]))
    server.agentSays('once', { conversationId: id })
    for (const event of server.log(id).events) server.push(event)
    await settle()
    expect(told).toEqual(['once'])
    release()
    await sending
    server.push(readyWith([sync()]))
    expect(told).toEqual(['once', 'mine'])
    expect(texts(client)).toEqual(['once:sent', 'mine:sent'])
  })

  it('[C9] nothing follows a conversation in which nothing was said', async () => {
    const { client, actions, server } = setUp()
    await client.start()
    await actions.newConversation()
    expect(server.received.map(({ type }) => type)).toEqual(['session.start'])
  })

  it('carries what was refused along, to be tried again or thrown away', async () => {
    const { client, actions, server } = await online()
    server.refuse('message.send', new ChatError('FORBIDDEN', 'no'))
    await client.sendMessage('refused').catch(() => {})
    await actions.newConversation()
    expect(texts(client)).toEqual(['refused:failed'])
  })
})

describe('what is said of the visitor', () => {
  const said = (server: TestServer) => sent(server, 'visitor.update').map(({ facts }) => facts)

  it('[V1] comes before the conversation and its first message', async () => {
    const { client, actions, server } = setUp()
    const heard = actions.updateVisitor({ locale: 'ta' })
    void actions.updateVisitor({ form: { answers: { topic: 'Prices' } }, traits: { name: 'Ravi' } })
    const promise = client.sendMessage('Hello')
    await client.start()
    await Promise.all([heard, promise])
    expect(server.received.map(({ type }) => type)).toEqual([
      'session.start',
      'visitor.update',
      'visitor.update',
      'conversation.start',
      'message.send',
    ])
    expect(said(server)).toEqual([
      { locale: 'ta' },
      { form: { answers: { topic: 'Prices' } }, traits: { name: 'Ravi' } },
    ])
  })

  it('[V1] is kept over a reload until it is acknowledged, and the last word counts', async () => {
    const server = createTestServer()
    const storage = createMemoryStorage()
    const identity = testIdentity()
    server.setReachable(false)
    const before = setUp({ server, storage, identity })
    before.client.start()
    before.actions.updateVisitor({ locale: 'ta', traits: { name: 'Ravi', phone: '1' } }).catch(() => {})
    await settle()
    await before.client.dispose()
    server.setReachable(true)
    const { client, actions } = setUp({ server, storage, identity })
    const heard = actions.updateVisitor({ traits: { name: 'Asha' } })
    await client.start()
    await heard
    expect(said(server)).toEqual([{ locale: 'ta', traits: { name: 'Ravi', phone: '1' } }, { traits: { name: 'Asha' } }])
    await client.dispose()
    const third = setUp({ server, storage, identity })
    await third.client.start()
    expect(said(server)).toHaveLength(2)
  })

  it('[V1] waits out a refusal for a while, and rejects with one for good', async () => {
    const { client, actions, server, clock } = setUp()
    await client.start()
    server.refuse('visitor.update', new ChatError('UNAVAILABLE', 'busy'))
    const heard = actions.updateVisitor({ locale: 'ta' })
    const promise = client.sendMessage('Hello')
    await settle()
    expect(texts(client)).toEqual(['Hello:queued'])
    await clock.advance(2_000)
    await Promise.all([heard, promise])
    server.refuse('visitor.update', new ChatError('VALIDATION_FAILED', 'no', { field: 'facts.form' }))
    await expect(actions.updateVisitor({ form: { answers: {} } })).rejects.toMatchObject({ field: 'facts.form' })
    await client.sendMessage('goes on')
  })

  it('[V1] does not look as if it waited where nothing can be sent', async () => {
    const { client, actions, server } = setUp()
    server.refuse('session.start', new ChatError('FORBIDDEN', 'no'))
    await client.start().catch(() => {})
    await expect(actions.updateVisitor({ locale: 'ta' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('[V1] is said again when the connection was lost before the answer', async () => {
    const { client, actions, server, clock } = setUp()
    await client.start()
    const hear = server.loseAnswers()
    const heard = actions.updateVisitor({ locale: 'ta' })
    await settle()
    server.drop()
    hear()
    await clock.advance(2_000)
    await heard
    expect(said(server)).toHaveLength(2)
  })
})

describe('another user', () => {
  const initsOf = (server: TestServer, answers: object[] = []) => {
    const inits: { user?: object; token?: string; traits?: object }[] = []
    const paths: string[] = []
    const fetch: typeof globalThis.fetch = async (input, init) => {
      paths.push(new URL(String(input)).pathname)
      if (String(input).endsWith('/logout')) return new Response(null, { status: 204 })
      inits.push(JSON.parse(String(init?.body)))
      const answer = (await (await server.fetch(input, init)).json()) as object
      return new Response(JSON.stringify({ ...answer, ...answers.shift() }))
    }
    return { inits, paths, fetch }
  }

  it('[S13] signs in on the open page, and what was said goes along', async () => {
    const server = createTestServer()
    const { inits, fetch } = initsOf(server)
    const { client, actions, clock } = setUp({ server, fetch })
    await client.start()
    await client.sendMessage('Hello')
    const changed = actions.identify({ proof: { token: 'of-asha' } })
    await clock.advance(1_000)
    await changed
    expect(inits).toMatchObject([{}, { user: { token: 'of-asha' }, token: 'token-1' }])
    expect(texts(client)).toEqual(['Hello:sent'])
    expect(client.$connection.get().status).toBe('online')
  })

  it('[S13] threat 13: takes the place of one before, of whom nothing is shown or sent any more', async () => {
    const server = createTestServer()
    const { fetch } = initsOf(server, [{}, { forget: true }])
    const { client, actions, clock } = setUp({ server, fetch, user: { token: 'of-asha' } })
    await client.start()
    const release = server.hold('message.send')
    client.sendMessage('private').catch(() => {})
    await settle()
    const changed = actions.identify({ proof: { token: 'of-ravi' } })
    release()
    await clock.advance(1_000)
    await changed
    expect(client.$timeline.get().filter((entry) => entry.type === 'message' && entry.seq === undefined)).toEqual([])
  })

  it('[S15] logs out: here everything is forgotten at once, and the server is told', async () => {
    const server = createTestServer()
    const storage = createMemoryStorage()
    const { inits, paths, fetch } = initsOf(server)
    let forgotten = 0
    const identity = {
      ...testIdentity(),
      async forget() {
        forgotten += 1
      },
    }
    const traits = { name: 'Asha' }
    const { client, actions, clock } = setUp({ server, fetch, storage, identity, traits, user: { token: 'of-asha' } })
    await client.start()
    await client.sendMessage('private')
    server.hold('message.send')
    const unsent = client.sendMessage('unsent').catch((error: ChatError) => error.code)
    const out = actions.logout()
    expect(texts(client)).toEqual([])
    expect(await unsent).toBe('ABORTED')
    await clock.advance(1_000)
    await out
    expect(paths).toContain('/api/widget/logout')
    expect(forgotten).toBe(1)
    expect(inits[1]?.user).toBeUndefined()
    expect(inits.map((init) => init.traits)).toEqual([traits, undefined])
  })

  it('[S15] that is named while a session is being opened has the next one', async () => {
    const server = createTestServer()
    const { inits, fetch } = initsOf(server)
    const { client, actions, clock } = setUp({ server, fetch })
    const started = client.start()
    const changed = actions.identify({ proof: { token: 'of-asha' } })
    await started
    await clock.advance(1_000)
    await changed
    expect(inits.at(-1)).toMatchObject({ user: { token: 'of-asha' } })
  })
})
