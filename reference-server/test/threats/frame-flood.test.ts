import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { connectWebSocket } from '../../src/realtime/testing/test-client.js'
import { createScene, heard, type Scene, say } from './scene.js'

/** As many as a script sends in a second. */
const FRAMES = 1000
const PING = JSON.stringify({ type: 'ping' })

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
})
afterAll(() => scene.close())

describe.each(TRANSPORTS)('a flood of frames over %s', (_name, connect) => {
  it.each([
    ['signs', () => PING],
    [
      'commands',
      (conversationId: string) => JSON.stringify({ ...say(conversationId, 'buy this'), commandId: randomUUID() }),
    ],
    ['no frames', () => '{"type":"buy this"}'],
  ])(
    'threats 45 and 46: [F7] %s are refused with when to come back, then the session is ended; others are served',
    async (_kind, frame) => {
      const bystander = await scene.visitor(connectWebSocket)
      const flooder = await scene.visitor(connect)
      for (let sent = 0; sent < FRAMES; sent += 1) flooder.client.send(frame(flooder.conversationId))
      for (let said = 0; said < 3; said += 1)
        expect(await bystander.client.ask(say(bystander.conversationId, `still here ${said}`))).toMatchObject({
          ok: true,
        })
      await flooder.client.closed
      const last = flooder.client.frames.at(-1)
      expect(last).toMatchObject({
        type: 'session.ended',
        error: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) },
      })
      expect(heard(bystander.client)).not.toContain('buy this')
    },
  )
})
