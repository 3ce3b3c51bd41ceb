import { ChatError, type ClientFrame, parseServerFrame } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import type { ConnectionState } from '../connection-state.js'
import type { Transport, TransportFactory } from '../ports.js'
import { createTestServer, manualClock, settle } from '../testing/index.js'
import { createConnectionSupervisor, type SupervisorOptions } from './connection-supervisor.js'

/** A supervisor of an agent's connection to a server in memory; every state it has been in. */
function setUp(over: Partial<SupervisorOptions> = {}) {
  const clock = manualClock()
  const server = createTestServer({ clock })
  const states: ConnectionState[] = []
  const wakes: (() => void)[] = []
  const rests: (() => void)[] = []
  const renewals: boolean[] = []
  const supervisor = createConnectionSupervisor({
    url: 'https://chat.example',
    parse: parseServerFrame,
    cursors: () => [],
    transports: [named('first', server.transport), named('second', server.transport)],
    clock,
    random: () => 0.5,
    wakeSignals: {
      onWake: (listener) => listen(wakes, listener),
      onRest: (listener) => listen(rests, listener),
    },
    async getStart(renew) {
      renewals.push(renew)
      const token = await server.getTicket()
      return { type: 'session.start', commandId: 'command-1', protocolVersion: 1, token }
    },
    onFrame: () => {},
    onState: (state) => states.push(state),
    onSwitch: () => states.push({ status: 'online', transport: 'switch' }),
    ...over,
  })
  const wake = () => {
    for (const listener of wakes) listener()
  }
  const rest = () => {
    for (const listener of rests) listener()
  }
  const statuses = () => states.splice(0).map((state) => ('transport' in state ? state.transport : state.status))
  return { clock, server, supervisor, statuses, wake, wakes, rest, rests, renewals, state: () => states.at(-1) }
}

function listen(listeners: (() => void)[], listener: () => void): () => void {
  listeners.push(listener)
  return () => void listeners.splice(listeners.indexOf(listener), 1)
}

function named(name: string, factory: TransportFactory): TransportFactory {
  return () => {
    const transport = factory()
    return Object.create(transport, { name: { value: name } }) as Transport
  }
}

const deaf: TransportFactory = () => ({ ...createTestServer().transport(), connect: () => new Promise<void>(() => {}) })

const pings = (received: readonly ClientFrame[]) => received.filter(({ type }) => type === 'ping').length

describe('a pause', () => {
  it('ends the connection, wakes for nothing, and is over with the next start', async () => {
    const { server, supervisor, statuses, wakes, rest, clock } = setUp()
    await supervisor.start()
    rest()
    await supervisor.pause()
    expect([server.connections, wakes.length, clock.pending]).toEqual([0, 0, 0])
    statuses()
    server.refuse('session.start', new ChatError('UNAVAILABLE', 'draining'), 1)
    const started = supervisor.start()
    await clock.advance(2_000)
    await started
    expect(statuses()).toEqual(['connecting', 'waiting', 'connecting', 'second'])
    await supervisor.dispose()
  })

  it('holds in the middle of an attempt, even by who is told of it', async () => {
    const { server, supervisor, clock } = setUp({
      onState: ({ status }) => void (status === 'connecting' && supervisor.pause()),
    })
    await expect(supervisor.start()).rejects.toMatchObject({ code: 'ABORTED' })
    await clock.advance(60_000)
    expect(server.connections).toBe(0)
  })
})

describe('attempts', () => {
  it('go to the next transport after a failure, and back to the first after a success', async () => {
    const { server, supervisor, statuses, clock } = setUp()
    server.refuse('session.start', new ChatError('UNAVAILABLE', 'draining'), 3)
    void supervisor.start()
    await clock.advance(10_000)
    expect(statuses()).toEqual([
      'connecting',
      'waiting',
      'connecting',
      'waiting',
      'connecting',
      'waiting',
      'connecting',
      'second',
    ])
    server.drop()
    await clock.advance(10_000)
    expect(statuses()).toEqual(['waiting', 'connecting', 'first'])
  })

  it('wait longer each time, and as little as at first after 30 seconds online', async () => {
    const { server, supervisor, clock, state } = setUp()
    server.setReachable(false)
    void supervisor.start()
    const waits: number[] = []
    for (let count = 0; count < 8; count += 1) {
      await settle()
      const waiting = state() as Extract<ConnectionState, { status: 'waiting' }>
      expect(waiting).toMatchObject({ status: 'waiting', attempt: count + 1, error: { code: 'OFFLINE' } })
      waits.push(waiting.retryAt - clock.now())
      if (count === 7) server.setReachable(true)
      await clock.advance(waits[count] as number)
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
    expect(state()).toMatchObject({ status: 'online' })
    server.heartbeat()
    await clock.advance(29_000)
    server.heartbeat()
    await clock.advance(1_000)
    server.drop()
    await settle()
    expect(state()).toMatchObject({ status: 'waiting', attempt: 1, retryAt: clock.now() + 250 })
  })

  it('[S6] wait as long as the server asks, whatever wakes the page', async () => {
    const { server, supervisor, clock, wake, state } = setUp()
    server.refuse('session.start', new ChatError('UNAVAILABLE', 'draining', { retryAfterMs: 5_000 }))
    void supervisor.start()
    await clock.advance(4_999)
    wake()
    expect(state()).toMatchObject({ status: 'waiting' })
    await clock.advance(1)
    wake()
    await settle()
    expect(state()).toMatchObject({ status: 'online' })
  })

  it('end after ten seconds without a token', async () => {
    const { supervisor, clock, state } = setUp({ getStart: () => new Promise(() => {}) })
    void supervisor.start()
    await clock.advance(9_999)
    expect(state()).toMatchObject({ status: 'connecting' })
    await clock.advance(1)
    expect(state()).toMatchObject({ status: 'waiting', error: { code: 'TIMEOUT' } })
  })

  it('have five seconds to connect, and five more after each failure, even in a transport that never settles', async () => {
    const { supervisor, clock, state } = setUp({ transports: [deaf], random: () => 0 })
    void supervisor.start()
    for (const connectMs of [5_000, 10_000, 15_000, 20_000, 20_000]) {
      await clock.advance(connectMs - 1)
      expect(state()).toMatchObject({ status: 'connecting' })
      await clock.advance(1)
      expect(state()).toMatchObject({ status: 'waiting', error: { code: 'TIMEOUT' } })
      await clock.advance(100)
    }
  })

  it.each(['FORBIDDEN_ORIGIN', 'UNSUPPORTED_VERSION', 'NOT_FOUND', 'FORBIDDEN'] as const)(
    'end in failed after %s, until they are started anew',
    async (code) => {
      const { server, supervisor, clock, state, wakes, rests } = setUp()
      server.refuse('session.start', new ChatError(code, 'no'))
      await expect(supervisor.start()).rejects.toMatchObject({ code })
      expect(state()).toMatchObject({ status: 'failed', error: { code } })
      expect([clock.pending, wakes.length, rests.length]).toEqual([0, 0, 0])
      await supervisor.start()
      expect(state()).toMatchObject({ status: 'online' })
      await supervisor.dispose()
    },
  )

  it('ask once for a new token when one is refused, and give up when that is refused too', async () => {
    const { server, supervisor, renewals, state } = setUp()
    server.refuse('session.start', new ChatError('UNAUTHENTICATED', 'expired'))
    await supervisor.start()
    expect(renewals).toEqual([false, true])
    server.refuse('session.start', new ChatError('UNAUTHENTICATED', 'expired'), 2)
    await supervisor.dispose()
    const again = setUp()
    again.server.refuse('session.start', new ChatError('UNAUTHENTICATED', 'expired'), 2)
    await expect(again.supervisor.start()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(again.renewals).toEqual([false, true])
    expect(state()).toEqual({ status: 'idle' })
  })

  it('[S6] renew the token after a session was ended for it, but never in a hot loop', async () => {
    const { server, supervisor, renewals, clock, state } = setUp()
    await supervisor.start()
    server.push({ type: 'session.ended', error: { code: 'UNAUTHENTICATED', message: 'revoked' } })
    await settle()
    expect(state()).toMatchObject({ status: 'waiting', error: { code: 'UNAUTHENTICATED' } })
    await clock.advance(250)
    expect(renewals).toEqual([false, true])
    expect(state()).toMatchObject({ status: 'online' })
  })

  it('give up when nobody can be signed in', async () => {
    const { supervisor } = setUp({ getStart: () => Promise.reject(new ChatError('UNAUTHENTICATED', 'signed out')) })
    await expect(supervisor.start()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('are one, however often it is started', async () => {
    const { server, supervisor, statuses } = setUp()
    await Promise.all([supervisor.start(), supervisor.start()])
    await supervisor.start()
    expect(statuses()).toEqual(['connecting', 'first'])
    expect(server.connections).toBe(1)
  })
})

describe('liveness', () => {
  it('[S5] a silence of 1.5 heartbeats is a dead link, any frame a sign of life', async () => {
    const { server, supervisor, clock, state } = setUp()
    await supervisor.start()
    await clock.advance(37_000)
    server.heartbeat()
    await clock.advance(37_499)
    expect(state()).toMatchObject({ status: 'online' })
    await clock.advance(1)
    expect(state()).toMatchObject({ status: 'waiting', error: { code: 'TIMEOUT' } })
    expect(server.connections).toBe(0)
  })

  it('probes a connection when the page wakes, once for a burst of signs', async () => {
    const { server, supervisor, clock, state, wake } = setUp()
    await supervisor.start()
    wake()
    await settle()
    expect(pings(server.received)).toBe(1)
    await clock.advance(3_000)
    expect(state()).toMatchObject({ status: 'online' })

    server.loseAnswers()
    wake()
    await clock.advance(2_000)
    wake()
    await clock.advance(1_000)
    expect(pings(server.received)).toBe(2)
    expect(state()).toMatchObject({ status: 'waiting', error: { code: 'TIMEOUT' } })
  })

  it('tries at once when the page wakes while it waits', async () => {
    const { server, supervisor, clock, state, wake } = setUp()
    server.setReachable(false)
    void supervisor.start()
    await clock.advance(5_000)
    server.setReachable(true)
    wake()
    await settle()
    expect(state()).toMatchObject({ status: 'online' })
  })
})

describe('a connection that is given up', () => {
  it('makes room for the next transport', async () => {
    const { server, supervisor, statuses, clock } = setUp()
    await supervisor.start()
    supervisor.giveUp(new ChatError('TIMEOUT'))
    await clock.advance(1_000)
    expect(statuses()).toEqual(['connecting', 'first', 'waiting', 'connecting', 'second'])
    expect(server.connections).toBe(1)
  })

  it('is not given up when there is none', async () => {
    const { server, supervisor, statuses, clock } = setUp()
    server.setReachable(false)
    void supervisor.start()
    await settle()
    supervisor.giveUp(new ChatError('TIMEOUT'))
    expect(statuses()).toEqual(['connecting', 'waiting'])
    await clock.advance(0)
  })
})

describe('a page that is put away', () => {
  it('ends its connection, opens none however long it is away, and a new one when it comes back', async () => {
    const { server, supervisor, clock, statuses, rest, wake, state } = setUp()
    await supervisor.start()
    rest()
    await settle()
    expect(server.connections).toBe(0)
    expect(state()).toMatchObject({ status: 'waiting', error: { code: 'OFFLINE' } })
    await clock.advance(600_000)
    expect(server.connections).toBe(0)
    wake()
    await settle()
    // By the same transport: it was not to blame.
    expect(statuses()).toEqual(['connecting', 'first', 'waiting', 'connecting', 'first'])
    expect(server.connections).toBe(1)
  })

  it('comes back although its clock was set back meanwhile', async () => {
    const clock = manualClock()
    let setBackMs = 0
    const { server, supervisor, rest, wake } = setUp({ clock: { ...clock, now: () => clock.now() - setBackMs } })
    await supervisor.start()
    rest()
    await clock.advance(60_000)
    setBackMs = 3_600_000
    wake()
    await settle()
    expect(server.connections).toBe(1)
  })

  it('gives up an attempt as well', async () => {
    const { server, supervisor, clock, statuses, rest, wake } = setUp()
    void supervisor.start()
    rest()
    await clock.advance(60_000)
    expect([server.connections, server.received.length]).toEqual([0, 0])
    wake()
    await settle()
    expect(statuses()).toEqual(['connecting', 'waiting', 'connecting', 'first'])
  })

  it('[S6] still waits as long as the server asked when it comes back early', async () => {
    const { server, supervisor, clock, rest, wake, state } = setUp()
    server.refuse('session.start', new ChatError('UNAVAILABLE', 'draining', { retryAfterMs: 5_000 }))
    void supervisor.start()
    await settle()
    rest()
    await clock.advance(1_000)
    wake()
    expect(state()).toMatchObject({ status: 'waiting' })
    await clock.advance(10_000)
    expect(state()).toMatchObject({ status: 'online' })
  })
})

describe('a transport', () => {
  const none = () => ({ ...createTestServer().transport(), connect: () => Promise.reject(new ChatError('OFFLINE')) })

  /** Two transports to one server, of which the first can be blocked. */
  function withBlockable() {
    const made: ReturnType<typeof setUp>[] = []
    let block: TransportFactory | undefined = none
    const set = setUp({
      transports: [
        () => (block ?? named('first', made[0]?.server.transport as TransportFactory))(),
        () => named('second', made[0]?.server.transport as TransportFactory)(),
      ],
    })
    made.push(set)
    const blockFirst = (with_: TransportFactory | undefined) => {
      block = with_
    }
    return { ...set, blockFirst }
  }

  it('that is blocked gives way to the next one, which is kept over short losses', async () => {
    const { server, supervisor, statuses, clock } = withBlockable()
    await Promise.all([supervisor.start(), clock.advance(1_000)])
    expect(statuses()).toEqual(['connecting', 'waiting', 'connecting', 'second'])
    server.heartbeat()
    await clock.advance(29_000)
    server.heartbeat()
    await clock.advance(2_000)
    server.drop()
    await clock.advance(1_000)
    expect(statuses()).toEqual(['waiting', 'connecting', 'second'])
    await supervisor.dispose()
  })

  it('that falls silent when it is open gives way to the next one', async () => {
    const { server, supervisor, statuses, clock, blockFirst } = withBlockable()
    blockFirst(undefined)
    await supervisor.start()
    expect(statuses()).toEqual(['connecting', 'first'])
    await clock.advance(40_000)
    expect(statuses()).toEqual(['waiting', 'connecting', 'second'])
    expect(server.connections).toBe(1)
    await supervisor.dispose()
  })

  it('that breaks again within 30 seconds gives way to the next one', async () => {
    const { server, supervisor, statuses, clock, blockFirst } = withBlockable()
    blockFirst(undefined)
    await supervisor.start()
    server.drop()
    await clock.advance(1_000)
    expect(statuses()).toEqual(['connecting', 'first', 'waiting', 'connecting', 'first'])
    server.drop()
    await clock.advance(1_000)
    expect(statuses()).toEqual(['waiting', 'connecting', 'second'])
    await supervisor.dispose()
  })

  it('that is better takes over without a break, after 30 seconds, two minutes or ten', async () => {
    const { server, supervisor, statuses, clock, blockFirst } = withBlockable()
    await Promise.all([supervisor.start(), clock.advance(250)])
    statuses()
    const calm = async (ms: number) => {
      for (let left = ms; left > 0; left -= 10_000) {
        await clock.advance(Math.min(left, 10_000))
        server.heartbeat()
        await settle()
      }
    }
    await calm(155_000)
    expect(statuses()).toEqual([])
    blockFirst(deaf)
    await calm(600_000)
    expect(statuses()).toEqual([])
    blockFirst(undefined)
    await calm(600_000)
    expect(statuses()).toEqual(['switch', 'first'])
    expect(server.connections).toBe(1)
    await supervisor.send({ type: 'ping' })
    await supervisor.dispose()
    expect(clock.pending).toBe(0)
  })

  it('that is better and has worked on this page is tried again after five seconds', async () => {
    const { server, supervisor, statuses, clock, blockFirst } = withBlockable()
    blockFirst(undefined)
    await supervisor.start()
    blockFirst(none)
    server.drop()
    await clock.advance(2_000)
    blockFirst(undefined)
    expect(statuses().at(-1)).toBe('second')
    await clock.advance(5_000)
    expect(statuses()).toEqual(['switch', 'first'])
    await supervisor.dispose()
  })

  it('that is better and under way ends with the one in use', async () => {
    const { server, supervisor, clock, blockFirst, statuses } = withBlockable()
    await Promise.all([supervisor.start(), clock.advance(250)])
    blockFirst(deaf)
    server.heartbeat()
    await clock.advance(29_999)
    server.heartbeat()
    await clock.advance(1)
    server.drop()
    await clock.advance(300)
    expect(statuses().slice(-3)).toEqual(['waiting', 'connecting', 'second'])
    await supervisor.dispose()
    expect(clock.pending).toBe(0)
  })

  it('is not to blame for what failed while there was no network', async () => {
    const { server, supervisor, statuses, clock, wake, blockFirst } = withBlockable()
    blockFirst(undefined)
    await supervisor.start()
    server.setReachable(false)
    await clock.advance(400)
    expect(statuses().at(-1)).toBe('waiting')
    server.setReachable(true)
    wake()
    await settle()
    expect(statuses().at(-1)).toBe('first')
    await supervisor.dispose()
  })
})

describe('frames', () => {
  it('are refused without a connection', async () => {
    const { server, supervisor } = setUp()
    await expect(supervisor.send({ type: 'ping' })).rejects.toMatchObject({ code: 'NOT_OPEN' })
    await supervisor.start()
    await supervisor.send({ type: 'ping' })
    server.drop()
    await settle()
    await expect(supervisor.send({ type: 'ping' })).rejects.toMatchObject({ code: 'NOT_OPEN' })
  })

  it('of an attempt that is over are heard by nobody', async () => {
    const heard: string[] = []
    let late: ((frame: never) => void) | undefined
    const { server, supervisor } = setUp({
      onFrame: ({ type }) => heard.push(type),
      transports: [
        () => {
          const transport = server.transport()
          const { connect } = transport
          transport.connect = (options) => {
            late = options.onFrame
            return connect(options)
          }
          return transport
        },
      ],
    })
    await supervisor.start()
    await supervisor.dispose()
    late?.({ type: 'heartbeat', heads: {} } as never)
    expect(heard).toEqual(['session.ready'])
  })
})
