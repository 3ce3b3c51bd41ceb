import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { sampleMember } from '../testing/sample-data.js'
import { createSession } from './session.js'

function fakeApi(): Parameters<typeof createSession>[0] {
  return {
    me: async () => sampleMember(),
    signIn: async () => sampleMember(),
    signOut: async () => undefined,
    ticket: async (csrfToken) => `ticket for ${csrfToken}`,
  }
}

function refuse(code: ChatError['code']) {
  return async () => {
    throw new ChatError(code, code)
  }
}

it('finds out who is signed in', async () => {
  const session = createSession(fakeApi())
  expect(session.$state.get()).toEqual({ status: 'loading' })
  await session.load()
  expect(session.$state.get()).toEqual({ status: 'signed-in', current: sampleMember() })
})

it('asks for a sign-in when nobody is', async () => {
  const session = createSession({ ...fakeApi(), me: refuse('UNAUTHENTICATED') })
  await session.load()
  expect(session.$state.get()).toEqual({ status: 'signed-out', expired: false })
})

it('tells an unreachable server from a sign-out', async () => {
  const session = createSession({ ...fakeApi(), me: refuse('UNAVAILABLE') })
  await session.load()
  expect(session.$state.get()).toMatchObject({ status: 'unreachable', error: { code: 'UNAVAILABLE' } })
})

it('stays signed out and passes the refusal on when a sign-in fails', async () => {
  const session = createSession({ ...fakeApi(), me: refuse('UNAUTHENTICATED'), signIn: refuse('UNAUTHENTICATED') })
  await session.load()
  await expect(session.signIn({ email: 'a@b.c', password: 'x' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(session.$state.get().status).toBe('signed-out')
})

it('[S3] fetches a ticket with the CSRF token of the session', async () => {
  const session = createSession(fakeApi())
  await session.load()
  expect(await session.getTicket()).toBe('ticket for csrf-token')
})

it('[S6] returns to the sign-in when the session has ended', async () => {
  const session = createSession({ ...fakeApi(), ticket: refuse('UNAUTHENTICATED') })
  await session.load()
  await expect(session.getTicket()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(session.$state.get()).toEqual({ status: 'signed-out', expired: true })
})

it('goes on saying that the session has ended when it is asked again', async () => {
  const me = [async () => sampleMember(), refuse('UNAUTHENTICATED')]
  const session = createSession({
    ...fakeApi(),
    me: () => (me.shift() ?? refuse('INTERNAL'))(),
    ticket: refuse('UNAUTHENTICATED'),
  })
  await session.load()
  await expect(session.getTicket()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await session.load()
  expect(session.$state.get()).toEqual({ status: 'signed-out', expired: true })
})

it('learns the CSRF token anew when another tab has signed in', async () => {
  const tokens = ['old', 'new']
  const session = createSession({
    ...fakeApi(),
    me: async () => ({ ...sampleMember(), csrfToken: tokens.shift() ?? 'none' }),
    ticket: async (csrfToken) => (csrfToken === 'new' ? 'ticket' : refuse('FORBIDDEN')()),
  })
  await session.load()
  await expect(session.getTicket()).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true })
  expect(await session.getTicket()).toBe('ticket')
})

it('keeps the member signed in when the server cannot be reached for a sign-out', async () => {
  const session = createSession({ ...fakeApi(), signOut: refuse('OFFLINE') })
  await session.load()
  await expect(session.signOut()).rejects.toMatchObject({ code: 'OFFLINE' })
  expect(session.$state.get().status).toBe('signed-in')
})

it.each(['signed out here', 'ended on the server'])('signs out when it is %s', async (how) => {
  const signOut = how === 'signed out here' ? async () => undefined : refuse('UNAUTHENTICATED')
  const session = createSession({ ...fakeApi(), signOut })
  await session.load()
  await session.signOut()
  expect(session.$state.get()).toEqual({ status: 'signed-out', expired: false })
})

it('signs out of a visit that another tab has begun', async () => {
  const tokens = ['old', 'new']
  const session = createSession({
    ...fakeApi(),
    me: async () => ({ ...sampleMember(), csrfToken: tokens.shift() ?? 'none' }),
    signOut: async (csrfToken) => (csrfToken === 'new' ? undefined : refuse('FORBIDDEN')()),
  })
  await session.load()
  await session.signOut()
  expect(session.$state.get()).toEqual({ status: 'signed-out', expired: false })
})

it('[S6] returns to the sign-in when a call finds the session ended', async () => {
  const session = createSession(fakeApi())
  await session.load()
  await expect(session.authorized(refuse('UNAUTHENTICATED'))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(session.$state.get()).toEqual({ status: 'signed-out', expired: true })
})

it.each([
  ['goes on with the token of another tab of the same member', {}, 'done'],
  ['does nothing in the name of another member', { member: { ...sampleMember().member, id: 'another' } }, 'FORBIDDEN'],
  ['does nothing in another organization', { organization: { id: 'another', name: 'Another' } }, 'FORBIDDEN'],
])('%s', async (_what, difference, outcome) => {
  const first = sampleMember()
  const answers = [first, { ...first, ...difference, csrfToken: 'new' }]
  const session = createSession({ ...fakeApi(), me: async () => answers.shift() ?? first })
  await session.load()
  const attempt = session.authorized(async (token) => (token === 'new' ? 'done' : refuse('FORBIDDEN')()))
  expect(await attempt.catch((error) => error.code)).toBe(outcome)
})

it('passes a refusal of the policy on, and asks once', async () => {
  const session = createSession(fakeApi())
  await session.load()
  const tokens: string[] = []
  const attempt = session.authorized(async (token) => {
    tokens.push(token)
    return refuse('FORBIDDEN')()
  })
  await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(tokens).toEqual(['csrf-token'])
})
