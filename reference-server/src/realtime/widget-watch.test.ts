import { randomUUID } from 'node:crypto'
import type { WireError } from '@chatdesk/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHintBus } from '../nodes/testing/memory-hint-bus.js'
import { TRANSPORTS } from './testing/http-test-client.js'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { connectWebSocket, type TestClient } from './testing/test-client.js'

const LOOK_MS = 2_000
const OFF: WireError = { code: 'FORBIDDEN', message: 'off' }

let served: ServedRealtime
afterEach(() => served.close())

/** Versions that a client was told, each once: one that polls is told it with every answer. */
const told = ({ frames }: TestClient) => [
  ...new Set(frames.flatMap((frame) => ('widgetVersion' in frame ? (frame.widgetVersion ?? '') : []))),
]
const lastError = ({ frames }: TestClient) => {
  const last = frames.at(-1)
  return last?.type === 'session.ended' ? last.error.code : undefined
}

describe.each(TRANSPORTS)('over %s', (_name, connect) => {
  const visitor = async () => {
    served = await serveRealtime({ heartbeatMs: 3_600_000 })
    const { token, actor } = served.backend.addVisitor({ origin: 'https://acme.test' })
    const client = await connect(served.url, { origin: 'https://acme.test' })
    return { client, token, actor }
  }

  it('[G1] a visitor is told the version of its widget, and each other one', async () => {
    const { client, token, actor } = await visitor()
    expect(await client.start(token)).toMatchObject({ type: 'session.ready', widgetVersion: 'first' })
    served.backend.changeWidget(actor, { version: 'second' })
    await expect.poll(() => told(client)).toEqual(['first', 'second'])
    served.backend.changeWidget(actor, { version: 'third' })
    await expect.poll(() => told(client)).toEqual(['first', 'second', 'third'])
  })

  it('[G2] a connection of a page that may not use it any more is ended, and told why', async () => {
    const { client, token, actor } = await visitor()
    await client.start(token)
    const refusalOf = (origin: string | undefined) => (origin === 'https://acme.test' ? OFF : undefined)
    served.backend.changeWidget(actor, { refusalOf })
    await client.closed
    expect(lastError(client)).toBe('FORBIDDEN')
  })

  it('[G2] a connection of a widget that is deleted is ended', async () => {
    const { client, token, actor } = await visitor()
    await client.start(token)
    served.backend.changeWidget(actor, null)
    await client.closed
    expect(lastError(client)).toBe('UNAUTHENTICATED')
  })

  it('[G2] one that comes after its credential was looked at is refused as well', async () => {
    const { client, token, actor } = await visitor()
    served.backend.changeWidget(actor, { refusalOf: () => OFF })
    await client.start(token).catch(() => {})
    await client.closed
    const last = client.frames.at(-1)
    expect(last && 'error' in last && last.error.code).toBe('FORBIDDEN')
  })
})

describe('between nodes', () => {
  const scene = async () => {
    const clock = createManualClock()
    const hints = createMemoryHintBus()
    served = await serveRealtime({ clock, hints, random: () => 0.5, heartbeatMs: 3_600_000 })
    const { backend } = served
    const { token, actor } = backend.addVisitor()
    const client = await connectWebSocket(served.url)
    await client.start(token)
    const { organizationId, widgetId } = actor
    return { clock, hints, backend, actor, client, hint: { type: 'widget.changed' as const, organizationId, widgetId } }
  }

  it('[G1] a change here is hinted at, without what it is', async () => {
    const { hints, backend, actor, hint } = await scene()
    backend.changeWidget(actor, { version: 'second' })
    expect(hints.published).toEqual([hint])
  })

  it('[G1] a hint has the widget read', async () => {
    const { hints, backend, actor, client, hint } = await scene()
    backend.changeWidget(actor, { version: 'second' }, true)
    hints.deliver(hint)
    expect((await client.next('widget.changed')).widgetVersion).toBe('second')
  })

  it('[G1] without a hint the next look finds it: there may be no way between nodes', async () => {
    const { clock, backend, actor, client } = await scene()
    backend.changeWidget(actor, { version: 'second' }, true)
    clock.advance(LOOK_MS)
    expect((await client.next('widget.changed')).widgetVersion).toBe('second')
  })

  it('[G2] without a hint the next look ends who may not use it any more, within 5 seconds', async () => {
    const { clock, backend, actor, client } = await scene()
    backend.changeWidget(actor, { refusalOf: () => OFF }, true)
    clock.advance(LOOK_MS)
    await client.closed
    expect(lastError(client)).toBe('FORBIDDEN')
  })

  it('[G1] what was written and shows nothing else is told to nobody', async () => {
    const { backend, actor, client } = await scene()
    backend.changeWidget(actor, {})
    client.send({ type: 'ping' })
    await client.next('heartbeat')
    expect(told(client)).toEqual(['first'])
  })

  it('[G2] what this node knows of a widget keeps nobody out whom it has let in since', async () => {
    const { backend, actor, client } = await scene()
    const onlyFirst = (origin?: string) => (origin === undefined ? undefined : OFF)
    backend.changeWidget(actor, { version: 'second', refusalOf: onlyFirst })
    await client.next('widget.changed')
    backend.changeWidget(actor, { refusalOf: () => undefined }, true)
    const { token } = backend.addVisitor({ widgetId: actor.widgetId })
    const other = await connectWebSocket(served.url, { origin: 'https://shop.example' })
    expect(await other.start(token)).toMatchObject({ type: 'session.ready' })
  })

  it('threat 44: hints of nothing, in any number, cost a query or two and tell nothing', async () => {
    const { hints, backend, client, hint } = await scene()
    const load = vi.spyOn(backend, 'loadWidgets')
    for (let n = 0; n < 1000; n += 1) hints.deliver(hint)
    for (let n = 0; n < 1000; n += 1) hints.deliver({ ...hint, widgetId: randomUUID() })
    client.send({ type: 'ping' })
    await client.next('heartbeat')
    expect(load.mock.calls.length).toBeLessThanOrEqual(2)
    expect(client.frames.filter(({ type }) => type === 'widget.changed')).toEqual([])
  })

  it('asks for nobody once the last connection is gone', async () => {
    const { clock, backend, client } = await scene()
    client.close()
    await expect.poll(() => served.realtime.connections).toBe(0)
    const load = vi.spyOn(backend, 'loadWidgets')
    clock.advance(LOOK_MS)
    expect(load).not.toHaveBeenCalled()
  })
})

it('a widget that cannot be read refuses for now, and another attempt is welcome', async () => {
  served = await serveRealtime()
  const { backend } = served
  const { token } = backend.addVisitor()
  vi.spyOn(backend, 'loadWidgets').mockRejectedValueOnce(new Error('no database'))
  const refused = await connectWebSocket(served.url)
  expect(await refused.start(token)).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } })
  const welcome = await connectWebSocket(served.url)
  expect(await welcome.start(token)).toMatchObject({ type: 'session.ready' })
})
