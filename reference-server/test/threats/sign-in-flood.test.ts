import { availableParallelism } from 'node:os'
import { createTestServer } from '@chatdesk/server/testing'
import { verify } from '@node-rs/argon2'
import { expect, it, vi } from 'vitest'
import { connectWebSocket } from '../../src/realtime/testing/test-client.js'
import { conversationIdOf, say } from './scene.js'

vi.mock('@node-rs/argon2', { spy: true })

const FLOOD = 500
/** As `createPasswords` has it: one processor is left to everybody else. */
const AT_ONCE = Math.max(1, availableParallelism() - 1)
const WAITING = 50

it('threat 36: of 500 sign-ins at once few are worked on and few wait; everybody else is served meanwhile', async () => {
  const plenty = { points: 1e6, seconds: 1 }
  const server = await createTestServer({ limits: { signInPerAddress: plenty, signInPerAccount: plenty } })
  const agent = await server.signIn('agent')
  // No comparison ends before everybody else was served: whatever waited for one of them would wait for ever.
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  vi.mocked(verify)
    .mockClear()
    .mockImplementation(async () => {
      await held
      return false
    })
  const statuses: number[] = []
  const flood = Array.from({ length: FLOOD }, async (_, index) => {
    const answer = await server.post('/api/auth/sign-in', { email: `${index}@demo.test`, password: 'x' })
    await answer.arrayBuffer()
    statuses.push(answer.status)
  })
  // The refused are answered at once; the others hold what there is to be held.
  await expect.poll(() => statuses.length, { timeout: 120_000 }).toBe(FLOOD - AT_ONCE - WAITING)
  expect(new Set(statuses)).toEqual(new Set([429]))
  expect(verify).toHaveBeenCalledTimes(AT_ONCE)

  const visitor = await server.initVisitor()
  const client = await connectWebSocket(server.url, { origin: server.origin })
  expect(await client.start(visitor.token)).toMatchObject({ type: 'session.ready' })
  const started = await client.ask({ type: 'conversation.start', clientConversationId: 'in-the-flood' })
  for (let n = 0; n < 20; n++)
    expect(await client.ask(say(conversationIdOf(started), 'hello'))).toMatchObject({ ok: true })
  for (const path of ['/readyz', '/api/auth/me', '/api/chat-widget/widgets'])
    expect([path, (await server.get(path, agent.headers)).status]).toEqual([path, 200])
  expect(statuses).toHaveLength(FLOOD - AT_ONCE - WAITING)

  release()
  await Promise.all(flood)
  expect(statuses.filter((status) => status === 401)).toHaveLength(AT_ONCE + WAITING)
  expect(verify).toHaveBeenCalledTimes(AT_ONCE + WAITING)
  vi.mocked(verify).mockRestore()
  await server.close()
}, 300_000)
