import { randomUUID } from 'node:crypto'
import { ERROR_CODES } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createFrameFuzzer } from './testing/frame-fuzzer.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { CONNECTS } from './testing/test-client.js'

const FRAMES = Number(process.env.CHATDESK_FUZZ_FRAMES ?? 3000)
const SEED = Number(process.env.CHATDESK_FUZZ_SEED ?? Date.now() % 2 ** 31)
/** Frames between two looks at the bystander. */
const ROUND = 250

let served: ServedRealtime
afterEach(() => served.close())

describe.each(CONNECTS)('fuzz over %s', (_name, connect) => {
  it(`threat 46: ${FRAMES} hostile frames crash nothing and disturb no other client (seed ${SEED})`, {
    timeout: 30_000 + FRAMES * 10,
  }, async () => {
    const unbounded = { perSecond: 1e9, burst: 1e9 }
    const limits = { frames: unbounded, messages: unbounded, badFramesPerMinute: Number.POSITIVE_INFINITY }
    served = await serveRealtime({ limits: { ...limits, commandsInFlight: 1e6, bufferedBytes: 1e9 } })
    const hostile = served.backend.addVisitor()
    const own = await served.backend.addConversation(hostile.actor, 2)
    const bystander = served.backend.addVisitor()
    const quiet = await served.backend.addConversation(bystander.actor)
    const client = await connect(served.url)
    await client.start(bystander.token)
    const nextFrame = createFrameFuzzer(SEED, { token: hostile.token, conversationIds: [own, quiet] })

    let attacker = await connect(served.url)
    await attacker.start(hostile.token)
    for (let sent = 0; sent < FRAMES; sent += ROUND) {
      for (let frame = 0; frame < ROUND; frame += 1) attacker.send(nextFrame())
      const text = `still here after ${sent}`
      const clientMessageId = randomUUID()
      const message = { type: 'message.send', conversationId: quiet, clientMessageId, parts: [{ type: 'text', text }] }
      expect(await client.ask(message)).toMatchObject({ ok: true })
      expect(await client.next('message.created')).toMatchObject({ author: { kind: 'visitor' }, parts: [{ text }] })
      // The attacker's frames are all answered before the next round: the last of them is this one.
      await attacker.ask({ type: 'history.load', conversationId: own, limit: 1 })
      for (const frame of attacker.frames)
        if (frame.type === 'ack' && !frame.ok) {
          expect(ERROR_CODES).toHaveProperty(frame.error.code)
          expect(frame.error.code).not.toBe('INTERNAL')
        }
      attacker.close()
      attacker = await connect(served.url)
      await attacker.start(hostile.token)
    }
    expect(served.logged()).toBe('')
    expect(served.backend.log(quiet).every(({ author }) => author.id === bystander.actor.visitorId)).toBe(true)
  })
})
