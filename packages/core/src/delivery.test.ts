import { textOf } from '@chatdesk/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMemoryStorage } from './storage/memory-storage.js'
import { createTestClient, createTestServer, manualClock, settle, testIdentity } from './testing/index.js'

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant('send' as const) },
  { weight: 3, arbitrary: fc.constant('agent says' as const) },
  { weight: 2, arbitrary: fc.constant('drop' as const) },
  { weight: 2, arbitrary: fc.constant('go away' as const) },
  { weight: 2, arbitrary: fc.constant('come back' as const) },
  { weight: 2, arbitrary: fc.constant('lose answers' as const) },
  { weight: 2, arbitrary: fc.constant('answer' as const) },
  { weight: 2, arbitrary: fc.constant('reload' as const) },
  { weight: 1, arbitrary: fc.constant('revoke tokens' as const) },
  { weight: 3, arbitrary: fc.constant('wait' as const) },
  { weight: 3, arbitrary: fc.constant('breathe' as const) },
)

it('[Q1] [Q3] [Q7] over cuts, losses and reloads every message is in the log once, in order, and the page shows the log', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const clock = manualClock()
      const server = createTestServer({ clock })
      const storage = createMemoryStorage()
      const identity = testIdentity()
      const load = () => {
        const { client } = createTestClient({ clock, server, storage, identity })
        void client.start()
        return client
      }
      let client = load()
      let hear = () => {}
      const written: string[] = []
      const said: string[] = []

      const acts: Record<(typeof steps)[number], () => unknown> = {
        send() {
          written.push(`visitor ${written.length}`)
          void client.sendMessage(written.at(-1) as string)
        },
        'agent says'() {
          if (client.$conversation.get().id === null) return
          said.push(`agent ${said.length}`)
          server.agentSays(said.at(-1) as string)
        },
        drop: () => server.drop(),
        'go away': () => server.setReachable(false),
        'come back': () => server.setReachable(true),
        'lose answers'() {
          hear = server.loseAnswers()
        },
        answer: () => hear(),
        async reload() {
          // What was written a moment ago is on disk only after a breath: that it is, is what the page shows it for.
          await settle()
          await client.dispose()
          client = load()
        },
        'revoke tokens': () => server.revokeTokens(),
        wait: () => clock.advance(3_000),
        breathe: settle,
      }
      for (const name of steps) await acts[name]()

      hear()
      server.setReachable(true)
      await clock.advance(120_000)
      server.heartbeat()
      await clock.advance(1_000)

      const shown = client.$timeline.get()
      const events = written.length + said.length > 0 ? server.log().events : []
      const texts = (from: string) =>
        events.flatMap((event) =>
          event.type === 'message.created' && event.author.kind === from ? textOf(event.parts) : [],
        )
      expect(texts('visitor')).toEqual(written)
      expect(texts('agent')).toEqual(said)
      expect(shown.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq))
      expect(shown.every((entry) => entry.type === 'change' || entry.delivery === 'sent')).toBe(true)
      await client.dispose()
      expect([clock.pending, server.connections]).toEqual([0, 0])
    }),
    { numRuns: 40 },
  )
}, 60_000)
