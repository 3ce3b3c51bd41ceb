import type { MemberRole, MemberRow } from '@chatdesk/protocol'
import { listMembersResponse, memberResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectWebSocket } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestMember } from '../testing/index.js'
import { createMembersScene, type MembersScene } from './testing/members-scene.js'

const MEMBERS = '/api/chat-widget/members'
const ROLES: MemberRole[] = ['super_admin', 'client_admin', 'agent', 'client_user']
type Joined = Awaited<ReturnType<MembersScene['join']>>

describe.each(TEST_DATABASES)('members on %s', (kind) => {
  let scene: MembersScene
  let organizationId: string
  let admin: Joined
  beforeAll(async () => {
    scene = await createMembersScene({ kind })
  })
  afterAll(() => scene.close())
  beforeEach(async () => {
    organizationId = (await scene.found()).organizationId
    admin = await scene.join(organizationId, 'client_admin')
  })

  const change = (as: Joined, id: string, body: object) => scene.call('PATCH', `${MEMBERS}/${id}`, { as, body })
  const remove = (as: Joined, id: string) => scene.call('DELETE', `${MEMBERS}/${id}`, { as })
  const list = async (as: Joined) =>
    listMembersResponse.parse((await scene.call<{ members: MemberRow[] }>('GET', MEMBERS, { as })).body).members

  it('are listed, renamed and given roles; the trail has what was changed', async () => {
    const agent = await scene.join(organizationId, 'agent')
    expect(await list(agent)).toMatchObject([
      { id: admin.id, role: 'client_admin', lastSeenAt: expect.any(String) },
      { id: agent.id, email: agent.email, role: 'agent' },
    ])
    const changed = await change(admin, agent.id, { name: 'Noor', role: 'client_admin' })
    expect(memberResponse.parse(changed.body).member).toMatchObject({
      id: agent.id,
      name: 'Noor',
      role: 'client_admin',
    })
    // A change to what is there already is none.
    expect((await change(admin, agent.id, { name: 'Noor' })).status).toBe(200)
    const entries = await scene.trail(organizationId)
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      action: 'member.update',
      actor: { id: admin.id },
      changes: { name: { from: 'A agent', to: 'Noor' }, role: { from: 'agent', to: 'client_admin' } },
    })
    expect((await remove(admin, agent.id)).status).toBe(204)
    expect(await list(admin)).toHaveLength(1)
    expect((await scene.signIn(agent.email)).status).toBe(401)
    expect((await scene.trail(organizationId))[0]).toMatchObject({ action: 'member.remove', target: { name: 'Noor' } })
  })

  it.each(ROLES)('threat 31: a %s gives no role above their own, and touches nobody who has one', async (role) => {
    const actor = await scene.join(organizationId, role)
    const subject = await scene.join(organizationId, 'client_user')
    const mayChange = role === 'super_admin' || role === 'client_admin'
    for (const [rank, given] of ROLES.entries()) {
      const isAllowed = mayChange && rank >= ROLES.indexOf(role)
      const target = await scene.join(organizationId, given)
      expect([given, (await change(actor, subject.id, { role: given })).status]).toEqual([given, isAllowed ? 200 : 403])
      expect([given, (await change(actor, target.id, { name: 'X' })).status]).toEqual([given, isAllowed ? 200 : 403])
      expect([given, (await remove(actor, target.id)).status]).toEqual([given, isAllowed ? 204 : 403])
    }
  })

  it('the last admin of an organization stays one, and a second may go', async () => {
    for (const role of ['agent', 'client_user'])
      expect(await change(admin, admin.id, { role })).toMatchObject({
        status: 403,
        body: { error: { code: 'FORBIDDEN' } },
      })
    expect((await remove(admin, admin.id)).status).toBe(403)
    expect(
      (await scene.server.database.system.selectFrom('members').selectAll().where('id', '=', admin.id).execute())[0]
        ?.role,
    ).toBe('client_admin')
    await scene.join(organizationId, 'super_admin')
    expect((await change(admin, admin.id, { role: 'agent' })).status).toBe(200)
  })

  it('of two admins who remove each other at once one stays', async () => {
    const other = await scene.join(organizationId, 'client_admin')
    const answers = await Promise.all([remove(admin, other.id), remove(other, admin.id)])
    // The second is refused: by then it is nobody, or the last.
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    const left = await scene.server.database.system
      .selectFrom('members')
      .select('id')
      .where('organization_id', '=', organizationId)
      .execute()
    expect(left).toHaveLength(1)
  })

  it('those of another organization are not there', async () => {
    const rival = await scene.join((await scene.found()).organizationId, 'super_admin')
    for (const id of [admin.id, 'nonsense', organizationId]) {
      const isGone = { status: 404, body: { error: { code: 'NOT_FOUND' } } }
      expect(await change(rival, id, { role: 'agent' })).toMatchObject(isGone)
      expect(await remove(rival, id)).toMatchObject(isGone)
    }
    expect(await list(rival)).toHaveLength(1)
    expect((await list(admin))[0]).toMatchObject({ role: 'client_admin' })
  })

  it.each([
    {},
    { role: 'owner' },
    { name: ' ' },
    { name: 'x'.repeat(101) },
    { email: 'x@acme.test' },
    { password_hash: 'x' },
  ])('threat 32: refuses %j', async (body) => {
    expect(await change(admin, admin.id, body)).toMatchObject({ status: 422 })
  })

  describe('threat 33: an open connection', () => {
    const connect = async (member: TestMember) => {
      const client = await connectWebSocket(scene.server.url, { origin: scene.server.origin })
      await client.start(await scene.server.ticket(member))
      return client
    }
    const ways: [string, (subject: Joined) => Promise<unknown>][] = [
      ['their removal', (subject) => remove(admin, subject.id)],
      ['their demotion', (subject) => change(admin, subject.id, { role: 'client_user' })],
      ['a sign-out everywhere', (subject) => scene.call('POST', '/api/auth/sign-out-everywhere', { as: subject })],
      ['a sign-out', (subject) => scene.call('POST', '/api/auth/sign-out', { as: subject })],
    ]

    it.each(ways)(
      'does nothing more after %s, and ends within seconds',
      async (_name, act) => {
        const subject = await scene.join(organizationId, 'agent')
        const client = await connect(subject)
        expect(await client.ask({ type: 'inbox.load', limit: 10 })).toMatchObject({ type: 'inbox.page' })
        await act(subject)
        // The next command, at once: nobody had time to end the connection.
        expect(await client.ask({ type: 'inbox.load', limit: 10 })).toMatchObject({
          ok: false,
          error: { code: 'UNAUTHENTICATED' },
        })
        // The heartbeat comes after 25 seconds; the test's own bound is 10.
        expect(await client.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
        expect(await client.closed).toBe(4001)
      },
      10_000,
    )

    it('ends on another node as well, which nobody has told', async () => {
      const beside = await createTestServer({ beside: scene.server })
      const subject = await scene.join(organizationId, 'agent')
      const client = await connectWebSocket(beside.url, { origin: beside.origin })
      const { ticket } = JSON.parse(await (await beside.post('/api/auth/ticket', undefined, subject.headers)).text())
      await client.start(ticket)
      await remove(admin, subject.id)
      expect(await client.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
      await beside.close()
    }, 10_000)

    it('stays while nothing concerns its member', async () => {
      const [subject, other] = [await scene.join(organizationId, 'agent'), await scene.join(organizationId, 'agent')]
      const [client, gone] = [await connect(subject), await connect(other)]
      await remove(admin, other.id)
      await change(admin, subject.id, { name: 'Noor' })
      await gone.closed
      expect(await client.ask({ type: 'inbox.load', limit: 10 })).toMatchObject({ type: 'inbox.page' })
      client.close()
    })
  })
})

describe('the last super admin of a server', () => {
  it('stays, whichever organization others are in', async () => {
    const scene = await createMembersScene()
    const root = await scene.server.signIn('super_admin')
    const { organization, member } = root.current
    const path = `${MEMBERS}/${member.id}`
    for (const role of ['client_admin', 'agent'])
      expect((await scene.call('PATCH', path, { as: root, body: { role } })).status).toBe(403)
    expect((await scene.call('DELETE', path, { as: root })).status).toBe(403)
    await expect(
      scene.server.chat.api.removeMember({ organizationId: organization.id, memberId: member.id }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await scene.join((await scene.found()).organizationId, 'super_admin')
    expect((await scene.call('PATCH', path, { as: root, body: { role: 'client_admin' } })).status).toBe(200)
    await scene.close()
  })
})
