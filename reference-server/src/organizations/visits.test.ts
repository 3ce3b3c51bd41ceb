import { randomUUID } from 'node:crypto'
import type { AuditEntry, CurrentMember, OrganizationRow } from '@chatdesk/protocol'
import { currentMember } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectWebSocket } from '../realtime/testing/test-client.js'
import { TEST_DATABASES, type TestMember } from '../testing/index.js'
import { type Answer, createMembersScene, type MembersScene } from './testing/members-scene.js'

const REASON = 'They asked us to look into a lost message'
type Joined = Awaited<ReturnType<MembersScene['join']>>

describe.each(TEST_DATABASES)('a visit on %s', (kind) => {
  let scene: MembersScene
  let home: { organizationId: string; name: string }
  let there: { organizationId: string; name: string }
  let guest: Joined
  let host: Joined
  beforeAll(async () => {
    scene = await createMembersScene({ kind })
  })
  afterAll(() => scene.close())
  beforeEach(async () => {
    home = await scene.found()
    there = await scene.found()
    guest = await scene.join(home.organizationId, 'super_admin')
    host = await scene.join(there.organizationId, 'client_admin')
  })

  const visit = (
    as: Pick<TestMember, 'headers'>,
    body: object = { organizationId: there.organizationId, reason: REASON },
  ) => scene.call<CurrentMember>('POST', '/api/auth/visit', { as, body }).then((answer) => goOn(as, answer))
  const leave = (as: Pick<TestMember, 'headers'>) =>
    scene.call<CurrentMember>('DELETE', '/api/auth/visit', { as }).then((answer) => goOn(as, answer))
  /** With the CSRF token of the answer, as the console does. */
  function goOn(as: Pick<TestMember, 'headers'>, answer: Answer<CurrentMember>) {
    if (answer.status === 200) as.headers['x-chatdesk-csrf'] = answer.body.csrfToken
    return answer
  }
  const audit = async (as: Pick<TestMember, 'headers'>) =>
    (await scene.call<{ entries: AuditEntry[] }>('GET', '/api/chat-widget/audit', { as })).body.entries
  const organizationSeen = async (headers: Record<string, string> = {}, query = '') => {
    const path = `/api/chat-widget/organization${query}`
    return (await scene.call<{ organization: { id: string } }>('GET', path, { as: guest, headers })).body.organization
      ?.id
  }
  /** A conversation of a visitor there, with a word in it. */
  const converse = async (organizationId: string) => {
    const widgetKey = `wk_${randomUUID()}`
    const { origin } = scene.server
    await scene.server.chat.api.createWidget({ organizationId, name: 'W', key: widgetKey, allowedOrigins: [origin] })
    const tabId = `tab-${randomUUID()}`
    const { token } = await scene.server.initVisitor({ widgetKey, tabId })
    const client = await connectWebSocket(scene.server.url, { origin })
    await client.start(token, { tabId })
    const ack = await client.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
    const conversationId = ack.type === 'ack' && ack.ok ? (ack.conversationId ?? '') : ''
    const parts = [{ type: 'text', text: 'a secret of theirs' }]
    await client.ask({ type: 'message.send', conversationId, clientMessageId: randomUUID(), parts })
    client.close()
    return conversationId
  }
  const connect = async (member: TestMember) => {
    const client = await connectWebSocket(scene.server.url, { origin: scene.server.origin })
    await client.start(await scene.server.ticket(member))
    return client
  }

  it('threat 38: is in both trails with its reason, where the admins of both can read it', async () => {
    const begun = await visit(guest)
    expect(currentMember.parse(begun.body)).toMatchObject({
      member: { id: guest.id },
      organization: { id: there.organizationId, name: there.name },
      home: { id: home.organizationId, name: home.name },
      visiting: { reason: REASON },
    })
    expect((await scene.call('GET', '/api/auth/me', { as: guest })).body).toEqual(begun.body)
    const left = await leave(guest)
    expect(left.body).toMatchObject({ organization: { id: home.organizationId }, visiting: null })
    // Nothing to leave: nothing to tell.
    await leave(guest)
    const target = { kind: 'organization', id: there.organizationId, name: there.name }
    const entry = (visiting: boolean) => [
      { action: 'organization.visit', actor: { visiting }, changes: { visiting: { from: true, to: false } } },
      {
        ...{ action: 'organization.visit', target, reason: REASON, address: '127.0.0.1' },
        ...{ actor: { id: guest.id, visiting }, changes: { visiting: { from: false, to: true } } },
      },
    ]
    expect(await audit(host)).toMatchObject(entry(true))
    expect(await audit(guest)).toMatchObject(entry(false))
  })

  it.each([undefined, '', 'too short', '          ', 7, 'x'.repeat(501)])(
    'threat 38: does not begin for the reason %j',
    async (reason) => {
      expect(await visit(guest, { organizationId: there.organizationId, reason })).toMatchObject({
        status: 422,
        body: { error: { field: 'reason' } },
      })
      expect(await scene.trail(there.organizationId)).toEqual([])
      expect(await organizationSeen()).toBe(home.organizationId)
    },
  )

  it('begins in another organization that is there, and for super admins alone', async () => {
    expect(await visit(guest, { organizationId: home.organizationId, reason: REASON })).toMatchObject({ status: 422 })
    expect(await visit(guest, { organizationId: randomUUID(), reason: REASON })).toMatchObject({ status: 404 })
    for (const role of ['client_admin', 'agent', 'client_user'] as const) {
      const member = await scene.join(home.organizationId, role)
      expect(await visit(member)).toMatchObject({ status: 403 })
    }
    expect(await scene.trail(there.organizationId)).toEqual([])
  })

  it('threat 28: a page that was shown one organization changes nothing in another', async () => {
    await visit(guest)
    const otherTab = { headers: { ...guest.headers } }
    await leave(guest)
    const rename = (as: Pick<TestMember, 'headers'>) =>
      scene.call('PATCH', '/api/chat-widget/organization', { as, body: { name: 'Another name' } })
    expect(await rename(otherTab)).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
    expect((await scene.call('POST', '/api/auth/ticket', { as: otherTab })).status).toBe(403)
    await visit(guest)
    expect((await rename(otherTab)).status).toBe(403)
    expect((await rename(guest)).status).toBe(200)
    await leave(guest)
    const { body } = await scene.call<{ organization: { name: string } }>('GET', '/api/chat-widget/organization', {
      as: guest,
    })
    expect(body.organization.name).toBe(home.name)
  })

  it('threat 28: the organization is that of the credential, whatever else a request says', async () => {
    const claims: Record<string, string> = {}
    for (const name of ['x-organization-id', 'x-tenant-id', 'x-chatdesk-organization', 'organization'])
      claims[name] = there.organizationId
    for (const query of ['', `?organizationId=${there.organizationId}`, `?organization_id=${there.organizationId}`])
      expect(await organizationSeen(claims, query)).toBe(home.organizationId)
    for (const field of ['organizationId', 'organization_id', 'tenant_id'])
      expect(
        await scene.call('PATCH', '/api/chat-widget/organization', {
          as: guest,
          body: { name: 'X', [field]: there.organizationId },
        }),
      ).toMatchObject({ status: 422 })
    await visit(guest)
    expect(await organizationSeen({ 'x-organization-id': home.organizationId })).toBe(there.organizationId)
  })

  it('threat 38: each conversation that is read is in the trail of those who are visited, once a visit', async () => {
    const conversationId = await converse(there.organizationId)
    await visit(guest)
    const client = await connect(guest)
    for (let n = 0; n < 2; n++) {
      expect(JSON.stringify(await client.ask({ type: 'inbox.load', limit: 10 }))).toContain('a secret of theirs')
      await client.ask({ type: 'conversation.watch', conversationId })
      expect(JSON.stringify(await client.ask({ type: 'history.load', conversationId, limit: 10 }))).toContain(
        'a secret',
      )
    }
    const [read, listed, begun, ...rest] = await audit(host)
    expect(read).toMatchObject({
      action: 'conversation.read',
      target: { kind: 'conversation', id: conversationId },
      actor: { id: guest.id, visiting: true },
    })
    expect(listed).toMatchObject({ action: 'inbox.read', target: { kind: 'organization', id: there.organizationId } })
    expect(begun).toMatchObject({ action: 'organization.visit' })
    expect(rest).toEqual([])
    // The next visit is another one.
    await leave(guest)
    await visit(guest)
    const again = await connect(guest)
    await again.ask({ type: 'history.load', conversationId, limit: 10 })
    expect((await audit(host))[0]).toMatchObject({ action: 'conversation.read' })
    again.close()
  })

  it('threat 38: what cannot be written down is not shown', async () => {
    const conversationId = await converse(there.organizationId)
    await visit(guest)
    const client = await connect(guest)
    const { system } = scene.server.database
    await system.schema.alterTable('visit_reads').renameTo('no_visit_reads').execute()
    const answers = [
      await client.ask({ type: 'history.load', conversationId, limit: 10 }),
      await client.ask({ type: 'conversation.watch', conversationId }),
      await client.ask({ type: 'inbox.load', limit: 10 }),
    ]
    await system.schema.alterTable('no_visit_reads').renameTo('visit_reads').execute()
    expect(JSON.stringify(answers)).not.toContain('a secret of theirs')
    client.close()
  })

  it('nobody reads of what members do at home, and a guest says nothing in a name that is not theirs', async () => {
    const conversationId = await converse(there.organizationId)
    const own = await connect(host)
    await own.ask({ type: 'history.load', conversationId, limit: 10 })
    expect(await audit(host)).toEqual([])
    own.close()
    await visit(guest)
    const client = await connect(guest)
    const parts = [{ type: 'text', text: 'hello' }]
    for (const command of [
      { type: 'message.send', conversationId, clientMessageId: randomUUID(), parts },
      { type: 'message.markRead', conversationId, upToSeq: 1 },
      { type: 'conversation.end', conversationId },
    ])
      expect(await client.ask(command)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    client.close()
  })

  it.each(['the end of the visit', 'another visit', 'the beginning of one'])(
    'threat 38: live connections end with %s',
    async (way) => {
      const elsewhere = await scene.found()
      if (way !== 'the beginning of one') await visit(guest)
      const client = await connect(guest)
      if (way === 'the end of the visit') await leave(guest)
      else await visit(guest, { organizationId: elsewhere.organizationId, reason: REASON })
      expect(await client.ask({ type: 'inbox.load', limit: 10 })).toMatchObject({ ok: false })
      expect(await client.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
      if (way !== 'another visit') return
      expect((await scene.trail(there.organizationId))[0]).toMatchObject({ changes: { visiting: { to: false } } })
      expect((await scene.trail(elsewhere.organizationId))[0]).toMatchObject({ changes: { visiting: { to: true } } })
      expect(await scene.trail(home.organizationId)).toHaveLength(3)
    },
    10_000,
  )

  it('threat 33: ends with the role that it takes, and does not come back with it', async () => {
    await visit(guest)
    const second = await scene.join(home.organizationId, 'super_admin')
    const path = `/api/chat-widget/members/${guest.id}`
    await scene.call('PATCH', path, { as: second, body: { role: 'client_admin' } })
    expect(await organizationSeen()).toBe(home.organizationId)
    await scene.call('PATCH', path, { as: second, body: { role: 'super_admin' } })
    expect(await organizationSeen()).toBe(home.organizationId)
  })

  it('a guest changes what is theirs, and the trail says who; one’s own account stays at home', async () => {
    await visit(guest)
    const invited = await scene.call<{ invite: { id: string; invitedBy: null } }>('POST', '/api/chat-widget/invites', {
      as: guest,
      body: { email: `${randomUUID()}@acme.test`, role: 'client_admin' },
    })
    expect(invited).toMatchObject({ status: 201, body: { invite: { invitedBy: null } } })
    expect((await audit(host))[0]).toMatchObject({ action: 'member.invite', actor: { id: guest.id, visiting: true } })
    const sessions = await scene.call<{ sessions: { current: boolean }[] }>('GET', '/api/auth/sessions', { as: guest })
    expect(sessions.body.sessions).toMatchObject([{ current: true }])
    expect(
      await scene.call('POST', '/api/chat-widget/api-tokens', {
        as: guest,
        body: { name: 'T', scopes: ['widget:read'] },
      }),
    ).toMatchObject({ status: 403 })
    expect((await scene.call('POST', '/api/auth/sign-out', { as: guest })).status).toBe(204)
    expect((await scene.call('GET', '/api/auth/me', { as: guest })).status).toBe(401)
  })

  describe('organizations', () => {
    const PATH = '/api/chat-widget/organizations'
    const list = async () =>
      (await scene.call<{ organizations: OrganizationRow[] }>('GET', PATH, { as: guest })).body.organizations

    it('are made, listed, renamed, and deleted with all that is theirs but the trail', async () => {
      const made = await scene.call<{ organization: { id: string } }>('POST', PATH, {
        as: guest,
        body: { name: 'New one' },
      })
      expect(made.status).toBe(201)
      const { id } = made.body.organization
      expect(await list()).toContainEqual(expect.objectContaining({ id, name: 'New one', widgets: 0, members: 0 }))
      const member = await scene.join(id, 'client_admin')
      const conversationId = await converse(id)
      const renamed = await scene.call('PATCH', '/api/chat-widget/organization', {
        as: member,
        body: { name: 'Newer' },
      })
      expect(renamed.body).toMatchObject({ organization: { id, name: 'Newer' } })
      expect(await list()).toContainEqual(expect.objectContaining({ id, name: 'Newer', widgets: 1, members: 1 }))
      await visit(guest, { organizationId: id, reason: REASON })
      const remove = (name: string) => scene.call('DELETE', `${PATH}/${id}`, { as: guest, body: { name } })
      expect(await remove('newer')).toMatchObject({ status: 422, body: { error: { field: 'name' } } })
      expect((await remove('Newer')).status).toBe(204)
      expect(await organizationSeen()).toBe(home.organizationId)
      const { system } = scene.server.database
      const events = await system
        .selectFrom('events')
        .select('id')
        .where('conversation_id', '=', conversationId)
        .execute()
      const members = await system.selectFrom('members').select('id').where('organization_id', '=', id).execute()
      expect([events, members]).toEqual([[], []])
      expect((await scene.call('GET', '/api/auth/me', { as: member })).status).toBe(401)
      expect((await scene.trail(id)).map(({ action }) => action)).toEqual([
        'organization.visit',
        'organization.update',
        'organization.create',
      ])
      expect((await scene.trail(home.organizationId))[0]).toMatchObject({
        action: 'organization.delete',
        target: { id },
      })
      // At home again, which what was sent from there does not know.
      expect((await remove('Newer')).status).toBe(403)
      goOn(guest, await scene.call<CurrentMember>('GET', '/api/auth/me', { as: guest }))
      expect((await remove('Newer')).status).toBe(404)
    })

    it('are everybody’s own business but super admins’, and nobody deletes their own', async () => {
      for (const role of ['client_admin', 'agent', 'client_user'] as const) {
        const as = await scene.join(home.organizationId, role)
        expect((await scene.call('GET', PATH, { as })).status).toBe(403)
        expect((await scene.call('POST', PATH, { as, body: { name: 'X' } })).status).toBe(403)
        const body = { name: there.name }
        expect((await scene.call('DELETE', `${PATH}/${there.organizationId}`, { as, body })).status).toBe(403)
      }
      const body = { name: home.name }
      expect((await scene.call('DELETE', `${PATH}/${home.organizationId}`, { as: guest, body })).status).toBe(403)
      expect(await list()).toContainEqual(expect.objectContaining({ id: there.organizationId, members: 1 }))
    })
  })
})
