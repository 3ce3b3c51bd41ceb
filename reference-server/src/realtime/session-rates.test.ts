import { afterEach, describe, expect, it } from 'vitest'
import { TRANSPORTS } from './testing/http-test-client.js'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'

let served: ServedRealtime
afterEach(() => served.close())

const BURST = 5

describe.each(TRANSPORTS)('the rate of frames over %s', (_name, connect) => {
  it('threat 45: is one for all connections of a session: a new one renews nothing, and others have their own', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, limits: { frames: { perSecond: 1, burst: BURST } } })
    const { token } = served.backend.addVisitor()
    /** What came last when a connection was opened for this token: `session.ready`, or why not. */
    const open = async (by: string) => {
      const client = await connect(served.url)
      await client.start(by).catch(() => {})
      return client.frames.at(-1)
    }
    const answers = []
    for (let opened = 0; opened <= BURST; opened += 1) answers.push(await open(token))
    expect(answers[0]).toMatchObject({ type: 'session.ready' })
    expect(answers.at(-1)).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: 1000 } })
    expect(await open(served.backend.addVisitor().token)).toMatchObject({ type: 'session.ready' })
    clock.advance(1000)
    expect(await open(token)).toMatchObject({ type: 'session.ready' })
  })
})
