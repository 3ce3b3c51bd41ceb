import type { VisitorFacts } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { createMemoryStorage } from '../storage/memory-storage.js'
import { createTestClient, createTestServer, manualClock, settle, testIdentity } from '../testing/index.js'
import { createVisitorActions } from './visitor-actions.js'

function setUp() {
  const clock = manualClock()
  const server = createTestServer({ clock })
  const page = { server, clock, storage: createMemoryStorage(), identity: testIdentity() }
  const open = () => {
    const { client } = createTestClient(page)
    return { client, actions: createVisitorActions(client) }
  }
  const said = () => server.received.flatMap((frame) => (frame.type === 'visitor.update' ? [frame.facts] : []))
  return { server, clock, open, said }
}

it('[V1] what is said of the same while the server is away is said once, the last word of each, over a reload as well', async () => {
  const { server, clock, open, said } = setUp()
  server.setReachable(false)
  const before = open()
  void before.client.start()
  for (let seats = 1; seats <= 50; seats += 1)
    before.actions.updateVisitor({ traits: { custom: { seats } } }).catch(() => {})
  before.actions.updateVisitor({ locale: 'ta' }).catch(() => {})
  before.actions.updateVisitor({ locale: 'hi' }).catch(() => {})
  await settle()
  await before.client.dispose()
  const { client, actions } = open()
  const started = client.start()
  await settle()
  const heard = [
    actions.updateVisitor({ traits: { name: 'Ann' } }),
    actions.updateVisitor({ traits: { name: 'Asha' } }),
  ]
  await settle()
  server.setReachable(true)
  await clock.advance(60_000)
  await Promise.all([started, ...heard])
  const facts: VisitorFacts[] = [{ traits: { custom: { seats: 50 }, name: 'Asha' } }, { locale: 'hi' }]
  expect(said()).toEqual(facts)
  await client.dispose()
})

it('[V1] nor is anything lost that is said between two attempts to connect', async () => {
  const { server, clock, open, said } = setUp()
  server.setReachable(false)
  const { client, actions } = open()
  const started = client.start()
  const heard = [actions.updateVisitor({ traits: { name: 'Ann' } })]
  await clock.advance(5_000)
  heard.push(actions.updateVisitor({ traits: { name: 'Asha' } }))
  await clock.advance(5_000)
  server.setReachable(true)
  await clock.advance(60_000)
  await Promise.all([started, ...heard])
  expect(said()).toEqual([{ traits: { name: 'Asha' } }])
  await client.dispose()
})

it('[V1] what is on its way stays as it was said, and what follows comes behind it', async () => {
  const { server, open, said } = setUp()
  const { client, actions } = open()
  await client.start()
  const release = server.hold('visitor.update')
  const first = actions.updateVisitor({ locale: 'ta' })
  await settle()
  const second = actions.updateVisitor({ locale: 'hi' })
  release()
  await Promise.all([first, second])
  expect(said()).toEqual([{ locale: 'ta' }, { locale: 'hi' }])
  await client.dispose()
})

it('refuses aloud what is more than the server will ever hear', async () => {
  const { server, open } = setUp()
  server.setReachable(false)
  const { client, actions } = open()
  const kinds: VisitorFacts[] = [{ locale: 'ta' }, { traits: { name: 'Ann' } }, { form: { answers: {} } }]
  const errand = { type: 'conversation.open' as const, conversationId: 'one' }
  for (let count = 0; count < 20; count += 1) client.port.conversation.outbox.errand({ command: errand })
  for (const facts of kinds) await expect(actions.updateVisitor(facts)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  await client.dispose()
})
