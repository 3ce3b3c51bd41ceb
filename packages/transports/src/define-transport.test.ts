import type { TransportClosure } from '@chatdesk/core'
import type { ServerFrame, SessionStart } from '@chatdesk/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineTransport, type OpenWire, type WireEvents } from './define-transport.js'
import { connectOptions } from './testing/connect-options.js'

const START: SessionStart = {
  type: 'session.start',
  commandId: 'start-0001',
  protocolVersion: 1,
  token: 't',
  cursors: [],
}
const READY = {
  type: 'session.ready',
  commandId: 'start-0001',
  sessionId: '01980000-0000-7000-8000-000000000002',
  protocolVersion: 1,
  self: { kind: 'visitor' },
  heartbeatMs: 25_000,
  conversations: [],
} satisfies ServerFrame

describe('defineTransport', () => {
  let wire: WireEvents
  const written: string[] = []
  const close = vi.fn()
  let takes = true
  const openWire: OpenWire = (_url, events, start) => {
    wire = events
    written.push(start())
    return {
      write(text) {
        if (takes) written.push(text)
        return takes
      },
      close,
    }
  }
  const define = defineTransport('test', () => openWire)

  beforeEach(() => {
    vi.useFakeTimers()
    takes = true
    written.length = 0
    close.mockClear()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  function attempt(getStart: () => Promise<SessionStart> = async () => START, create = define) {
    const transport = create()
    const controller = new AbortController()
    const frames: ServerFrame[] = []
    const closures: TransportClosure[] = []
    const connected = transport.connect(
      connectOptions({
        url: 'http://localhost',
        signal: controller.signal,
        getStart,
        onFrame: (frame) => frames.push(frame),
        onClose: (closure) => closures.push(closure),
      }),
    )
    connected.catch(() => {})
    return { transport, connected, controller, frames, closures }
  }
  async function open() {
    const made = attempt()
    await vi.advanceTimersByTimeAsync(0)
    wire.received(JSON.stringify(READY))
    await made.connected
    return made
  }

  it('[T2] a start that comes after the end opens nothing', async () => {
    let finish: (start: SessionStart) => void = () => {}
    const { connected, transport } = attempt(
      () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    )
    await transport.close()
    await expect(connected).rejects.toMatchObject({ code: 'ABORTED' })
    const before = wire
    finish(START)
    await vi.advanceTimersByTimeAsync(0)
    expect(wire).toBe(before)
    expect(written).toEqual([])
  })

  it('[T2] a failure of getStart that is no ChatError is OFFLINE with its cause', async () => {
    const cause = new TypeError('fetch failed')
    const { connected } = attempt(() => Promise.reject(cause))
    await expect(connected).rejects.toMatchObject({ name: 'ChatError', code: 'OFFLINE', cause })
  })

  it('[T2] a driver whose code cannot be fetched is a server that cannot be reached, and one that comes too late opens nothing', async () => {
    const cause = new TypeError('chunk not found')
    const failing = defineTransport('test', () => Promise.reject(cause))
    await expect(attempt(undefined, failing).connected).rejects.toMatchObject({ code: 'OFFLINE', cause })

    let finish: (driver: OpenWire) => void = () => {}
    const slow = defineTransport(
      'test',
      () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    )
    const { transport, connected } = attempt(undefined, slow)
    await vi.advanceTimersByTimeAsync(0)
    await transport.close()
    await expect(connected).rejects.toMatchObject({ code: 'ABORTED' })
    const late = vi.fn(openWire)
    finish(late)
    await vi.advanceTimersByTimeAsync(0)
    expect(late).not.toHaveBeenCalled()
  })

  it('[T2] session.ended or a closed wire before session.ready reject', async () => {
    const ended = attempt()
    await vi.advanceTimersByTimeAsync(0)
    wire.received(
      JSON.stringify({ type: 'session.ended', error: { code: 'UNAVAILABLE', message: 'm', retryAfterMs: 5 } }),
    )
    await expect(ended.connected).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 5 })

    const lost = attempt()
    await vi.advanceTimersByTimeAsync(0)
    wire.closed('remote')
    await expect(lost.connected).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect([ended.frames, lost.frames, ended.closures, lost.closures]).toEqual([[], [], [], []])
  })

  it('[T4] rejects NOT_OPEN when the wire takes nothing, and never says that it did', async () => {
    const { transport } = await open()
    takes = false
    await expect(transport.send({ type: 'ping' })).rejects.toMatchObject({ code: 'NOT_OPEN' })
    takes = true
    await transport.send({ type: 'ping' })
    expect(written).toEqual([JSON.stringify(START), '{"type":"ping"}'])
  })

  it('[T4] takes nothing before session.ready, although the wire would', async () => {
    const { transport } = attempt()
    await vi.advanceTimersByTimeAsync(0)
    await expect(transport.send({ type: 'ping' })).rejects.toMatchObject({ code: 'NOT_OPEN' })
    expect(written).toEqual([JSON.stringify(START)])
  })

  it('[T9] nothing is delivered before session.ready', async () => {
    const { frames, transport } = attempt()
    await vi.advanceTimersByTimeAsync(0)
    wire.received('{"type":"heartbeat","heads":{}}')
    wire.received(JSON.stringify(READY))
    wire.received('{"type":"heartbeat","heads":{}}')
    expect(frames.map(({ type }) => type)).toEqual(['session.ready', 'heartbeat'])
    expect(transport.status).toBe('open')
  })

  it('[T10] a timeout of the driver is told as such', async () => {
    const { closures } = await open()
    wire.closed('timeout')
    wire.closed('network')
    expect(closures).toMatchObject([
      { reason: 'timeout', error: { name: 'ChatError', code: 'TIMEOUT', retryable: true } },
    ])
  })

  it('[T11] what a wire still says after the end is heard by nobody', async () => {
    const { transport, frames, closures } = await open()
    await transport.close()
    wire.received('{"type":"heartbeat","heads":{}}')
    wire.closed('remote')
    expect(frames).toHaveLength(1)
    expect(closures).toMatchObject([{ reason: 'local', error: { code: 'ABORTED' } }])
    expect(written).toHaveLength(1)
  })

  it('[T11] a session.ready that comes too late opens nothing', async () => {
    const { transport, connected, frames } = attempt()
    await vi.advanceTimersByTimeAsync(0)
    await transport.close()
    wire.received(JSON.stringify(READY))
    await expect(connected).rejects.toMatchObject({ code: 'ABORTED' })
    expect([transport.status, frames]).toEqual(['closed', []])
  })

  it('[T12] no timer and no listener on the signal survives, and the wire is closed once', async () => {
    const removed = vi.spyOn(AbortSignal.prototype, 'removeEventListener')
    const { transport, controller, closures } = await open()
    expect(vi.getTimerCount()).toBe(0)
    expect(removed).toHaveBeenCalledTimes(1)
    controller.abort()
    expect(transport.status).toBe('open')
    await transport.close()
    await transport.close()
    expect(close).toHaveBeenCalledTimes(1)
    expect(closures).toHaveLength(1)

    const aborted = attempt()
    await vi.advanceTimersByTimeAsync(0)
    aborted.controller.abort()
    await expect(aborted.connected).rejects.toMatchObject({ code: 'ABORTED' })
    expect(vi.getTimerCount()).toBe(0)
    expect(removed).toHaveBeenCalledTimes(2)
    expect(close).toHaveBeenCalledTimes(2)
  })

  it('[T14] counts bytes, not characters', async () => {
    const { transport } = await open()
    const frameOf = (text: string) => ({ ...START, token: text })
    const room = 65_536 - new TextEncoder().encode(JSON.stringify(frameOf(''))).length
    const exact = '€'.repeat(Math.floor(room / 3)) + 'x'.repeat(room % 3)
    await transport.send(frameOf(exact))
    await expect(transport.send(frameOf(`${exact}x`))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
    expect(written).toHaveLength(2)
  })
})
