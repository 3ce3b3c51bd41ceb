import type { InitRequest } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import type { ChatClientOptions } from '../chat-client-options.js'
import { createTestClient, createTestServer, manualClock, settle, testIdentity } from '../testing/index.js'
import { createVisitorActions } from './visitor-actions.js'

async function setUp(options: Partial<ChatClientOptions> = {}, answers: object[] = []) {
  const clock = manualClock()
  const server = createTestServer({ clock })
  const inits: InitRequest[] = []
  const paths: string[] = []
  const { client } = createTestClient({
    server,
    clock,
    async fetch(input, init) {
      const { pathname } = new URL(String(input))
      paths.push(pathname.replace('/api/widget', ''))
      if (pathname.endsWith('/logout')) return new Response(null, { status: 204 })
      inits.push(JSON.parse(String(init?.body)))
      const answer = (await (await server.fetch(input, init)).json()) as object
      return Response.json({ ...answer, ...answers.shift() })
    },
    ...options,
  })
  const forgotten: unknown[] = []
  client.port.$forgotten.listen((value) => forgotten.push(value))
  await client.start()
  const actions = createVisitorActions(client)
  /** What is done on the way to another session needs the pause before the next attempt. */
  async function until(done: Promise<unknown>) {
    await clock.advance(1_000)
    await done
  }
  return { actions, client, forgotten, inits, paths, server, until }
}

it('threat 13: whoever the site calls by another id is another person, of whom the one before leaves nothing here', async () => {
  const { actions, client, forgotten, inits, paths, server, until } = await setUp({
    traits: { custom: { plan: 'pro' } },
  })
  await actions.identify({ id: 'asha' })
  await client.sendMessage('private')
  server.hold('message.send')
  client.sendMessage('unsent').catch(() => {})
  const changed = actions.identify({ id: 'ravi' })
  // At once, whatever the server thinks.
  expect(client.$timeline.get()).toEqual([])
  expect(forgotten).toEqual([{}])
  await until(changed)
  expect(paths).toContain('/logout')
  expect(inits[1]?.token).toBeUndefined()
  expect(inits.map(({ traits }) => traits)).toEqual([{ custom: { plan: 'pro' } }, undefined])
})

it.each([
  ['that is proved', { user: { id: 'asha', hash: 'of-asha' } }, undefined],
  ['that was said', {}, { id: 'asha' }],
])('threat 13: nor does one with an id %s leave anything to one who is proved', async (_, options, first) => {
  const { actions, client, forgotten, inits, until } = await setUp(options)
  if (first) await actions.identify(first)
  await client.sendMessage('private')
  await until(actions.identify({ id: 'ravi', proof: { id: 'ravi', hash: 'of-ravi' } }))
  expect(forgotten).toHaveLength(1)
  expect(inits.at(-1)).toMatchObject({ user: { id: 'ravi' } })
  expect(inits.at(-1)?.token).toBeUndefined()
})

it('the same person may be named again, and be proved later: nothing of theirs is lost', async () => {
  const { actions, client, forgotten, paths, until } = await setUp()
  await actions.identify({ id: 'asha' })
  await client.sendMessage('Hello')
  await actions.identify({ id: 'asha' })
  await until(actions.identify({ id: 'asha', proof: { token: 'of-asha' } }))
  await actions.identify({ id: 'asha' })
  expect(forgotten).toEqual([])
  expect(paths).not.toContain('/logout')
  expect(client.$timeline.get()).toHaveLength(1)
})

it('a user whose proof has no id leaves nothing when the server says that the next is another', async () => {
  const { actions, forgotten, inits, until } = await setUp({ user: { token: 'of-asha' }, traits: { name: 'Asha' } }, [
    {},
    { forget: true },
  ])
  await until(actions.identify({ proof: { token: 'of-ravi' } }))
  expect(forgotten).toEqual([{ earlier: false }])
  expect(inits[1]?.traits).toBeUndefined()
})

it('threat 13: what is said of a user who has gone before their proof was heard is said of nobody else', async () => {
  const { actions, server, until } = await setUp()
  const first = actions.identify({ id: 'asha', proof: { token: 'of-asha' } })
  const said = actions.updateVisitor({ traits: { name: 'Asha' } })
  const gone = actions.logout()
  const next = actions.updateVisitor({ locale: 'ta' })
  const refused = [first, said].map((promise) => expect(promise).rejects.toMatchObject({ code: 'ABORTED' }))
  await until(Promise.all([gone, next, ...refused]))
  const heard = server.received.flatMap((frame) => (frame.type === 'visitor.update' ? [frame.facts] : []))
  expect(heard).toEqual([{ locale: 'ta' }])
})

it('[S15] whom another tab has signed out is nobody here: the next is not taken for a change of people', async () => {
  const { actions, client, inits, paths, server, until } = await setUp({ traits: { name: 'Asha' } }, [
    {},
    { forget: true },
  ])
  await actions.identify({ id: 'asha' })
  server.revokeTokens()
  server.drop()
  await until(client.start())
  await until(actions.identify({ id: 'ravi' }))
  expect(paths).not.toContain('/logout')
  server.revokeTokens()
  server.drop()
  await until(client.start())
  expect(inits.at(-1)?.traits).toBeUndefined()
})

it('threat 13: a session that is being opened when its visitor is forgotten is not taken up', async () => {
  const clock = manualClock()
  const server = createTestServer({ clock })
  const identity = testIdentity()
  await identity.remember({ token: 'of-asha', visitorToken: 'of-asha' })
  const inits: InitRequest[] = []
  let answer = () => {}
  const { client } = createTestClient({
    server,
    clock,
    identity,
    async fetch(input, init) {
      inits.push(JSON.parse(String(init?.body)))
      if (inits.length === 1)
        await new Promise<void>((resolve) => {
          answer = resolve
        })
      return server.fetch(input, init)
    },
  })
  const started = client.start()
  await settle()
  const gone = createVisitorActions(client).logout()
  await settle()
  answer()
  await clock.advance(60_000)
  await Promise.all([started, gone])
  expect(inits.map(({ token, visitorToken }) => token ?? visitorToken)).toEqual(['of-asha', undefined])
})

it('[S15] what a page before has left of a visitor who is gone is not of this page', async () => {
  const { forgotten } = await setUp({}, [{ forget: true }])
  expect(forgotten).toEqual([{ earlier: true }])
})
