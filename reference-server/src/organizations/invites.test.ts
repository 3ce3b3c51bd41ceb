import { randomUUID } from 'node:crypto'
import type { CreateInviteResponse, CurrentMember, InviteRow, MemberRole, ShowInviteResponse } from '@chatdesk/protocol'
import {
  createInviteResponse,
  currentMember,
  listInvitesResponse,
  showInviteResponse,
} from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createChangeFeed } from '../messages/index.js'
import { TEST_DATABASES, type TestMember } from '../testing/index.js'
import { acceptInvite } from './invites.js'
import { createMembersScene, headersOf, type MembersScene, PASSWORD } from './testing/members-scene.js'

const INVITES = '/api/chat-widget/invites'
const ROLES: MemberRole[] = ['super_admin', 'client_admin', 'agent', 'client_user']
const HOUR = 3_600_000

describe.each(TEST_DATABASES)('invites on %s', (kind) => {
  let scene: MembersScene
  let organization: { organizationId: string; name: string }
  let admin: TestMember & { id: string }
  const now = { value: new Date('2026-01-01T00:00:00.000Z') }
  let count = 0
  const newEmail = () => `new-${++count}@acme.test`
  beforeAll(async () => {
    scene = await createMembersScene({ kind, clock: () => now.value })
  })
  afterAll(() => scene.close())
  beforeEach(async () => {
    organization = await scene.found()
    admin = await scene.join(organization.organizationId, 'client_admin')
  })

  const invite = async (as: Pick<TestMember, 'headers'>, body: object) =>
    scene.call<CreateInviteResponse>('POST', INVITES, { as, body })
  const tokenOf = ({ body }: { body: CreateInviteResponse }) => body.link.split('#')[1] ?? ''
  const accept = (token: string, facts: object = {}) =>
    scene.call<CurrentMember>('POST', '/api/auth/invite/accept', {
      body: { token, name: 'Noor', password: PASSWORD, ...facts },
    })
  const show = (token: string) => scene.call<ShowInviteResponse>('POST', '/api/auth/invite', { body: { token } })
  const isGone = { status: 404, body: { error: { code: 'NOT_FOUND' } }, cookies: [] }

  it('lets in whom it names, once, as what it names, and says so in the trail', async () => {
    const email = newEmail()
    const sent = await invite(admin, { email: email.toUpperCase(), role: 'agent' })
    expect(sent.status).toBe(201)
    expect(createInviteResponse.parse(sent.body)).toMatchObject({
      invite: { email, role: 'agent', invitedBy: { id: admin.id, name: 'A client_admin' } },
      mailed: false,
    })
    expect(sent.body.link).toMatch(new RegExp(`^${scene.server.url}/console/invite#iv_[\\w-]{43}$`))
    const listed = await scene.call('GET', INVITES, { as: admin })
    expect(listInvitesResponse.parse(listed.body).invites).toEqual([sent.body.invite])
    expect(JSON.stringify(listed.body)).not.toContain(tokenOf(sent))

    const shown = await show(tokenOf(sent))
    expect(showInviteResponse.parse(shown.body)).toEqual({
      ...{ email, role: 'agent', organization: { name: organization.name } },
      expiresAt: new Date(now.value.getTime() + 72 * HOUR).toISOString(),
    })
    const accepted = await accept(tokenOf(sent))
    expect(accepted.status).toBe(200)
    expect(currentMember.parse(accepted.body)).toMatchObject({
      member: { email, name: 'Noor', role: 'agent' },
      organization: { id: organization.organizationId },
      home: { id: organization.organizationId },
      visiting: null,
    })
    expect((await scene.call('GET', '/api/auth/me', { as: headersOf(accepted) })).status).toBe(200)
    expect((await scene.signIn(email)).status).toBe(200)
    const [joined, asked] = await scene.trail(organization.organizationId)
    expect(joined).toMatchObject({ action: 'member.invite', target: { kind: 'member', name: 'Noor' } })
    expect(asked).toMatchObject({ action: 'member.invite', target: { kind: 'invite', name: email } })
  })

  it('threat 34: is used up by the first who accepts', async () => {
    const token = tokenOf(await invite(admin, { email: newEmail(), role: 'agent' }))
    expect((await accept(token)).status).toBe(200)
    expect(await accept(token)).toMatchObject(isGone)
    expect(await show(token)).toMatchObject(isGone)
  })

  it('threat 34: of 50 who accept at once one becomes a member', async () => {
    const email = newEmail()
    const token = tokenOf(await invite(admin, { email, role: 'agent' }))
    const answers = await Promise.all(Array.from({ length: 50 }, () => accept(token)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(49)
    const rows = await scene.server.database.system
      .selectFrom('members')
      .select('id')
      .where('email', '=', email)
      .execute()
    expect(rows).toHaveLength(1)
  })

  it('threat 34: of 50 who delete its row at once one finds it', async () => {
    const email = newEmail()
    const token = tokenOf(await invite(admin, { email, role: 'agent' }))
    // Over HTTP one password is hashed after the other, and their owners come one by one: here all are hashed at once.
    let hashed = 0
    let release = () => {}
    const allHashed = new Promise<void>((resolve) => {
      release = resolve
    })
    const hash = async () => {
      if (++hashed === 50) release()
      await allHashed
      return 'none'
    }
    const { database } = scene.server
    const passwords = { hash, matches: async () => false }
    const changes = createChangeFeed(() => {})
    const context = { database, passwords, changes, clock: () => now.value, generateId: randomUUID }
    const facts = { token, name: 'Noor', password: PASSWORD, address: null, userAgent: undefined }
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => acceptInvite(context, facts)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'NOT_FOUND' })
    const members = await database.system.selectFrom('members').select('id').where('email', '=', email).execute()
    expect(members).toHaveLength(1)
  })

  it('threat 34: ends after 72 hours, when it is taken back, and with the next one for the same e-mail', async () => {
    const email = newEmail()
    const first = tokenOf(await invite(admin, { email, role: 'client_admin' }))
    const second = await invite(admin, { email, role: 'client_user' })
    expect(await accept(first)).toMatchObject(isGone)
    expect((await scene.call('DELETE', `${INVITES}/${second.body.invite.id}`, { as: admin })).status).toBe(204)
    expect(await accept(tokenOf(second))).toMatchObject(isGone)
    const third = tokenOf(await invite(admin, { email, role: 'agent' }))
    const start = now.value
    now.value = new Date(start.getTime() + 72 * HOUR)
    expect(await accept(third)).toMatchObject(isGone)
    now.value = start
    expect((await accept(third)).status).toBe(200)
  })

  it('threat 34: cannot be guessed, nor read out of the database', async () => {
    const token = tokenOf(await invite(admin, { email: newEmail(), role: 'agent' }))
    const rows = await scene.server.database.system.selectFrom('invites').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
    for (const guess of [
      token.slice(0, -1),
      `${token}A`,
      token.toLowerCase(),
      `iv_${'A'.repeat(43)}`,
      "' or 1=1 --",
      'x',
    ])
      expect(await accept(guess)).toMatchObject(isGone)
  })

  it.each(ROLES)('threat 34: a %s gives no role above their own', async (role) => {
    const { organizationId } = organization
    const inviter = await scene.join(organizationId, role)
    for (const [rank, given] of ROLES.entries()) {
      const { status } = await invite(inviter, { email: newEmail(), role: given })
      const mayInvite = role === 'super_admin' || role === 'client_admin'
      expect([given, status]).toEqual([given, mayInvite && rank >= ROLES.indexOf(role) ? 201 : 403])
    }
  })

  it('threats 32 and 34: who accepts chooses neither e-mail, role nor organization', async () => {
    const token = tokenOf(await invite(admin, { email: newEmail(), role: 'client_user' }))
    for (const claim of [{ email: 'other@acme.test' }, { role: 'super_admin' }, { organizationId: admin.id }])
      expect(await accept(token, claim)).toMatchObject({ status: 422 })
    expect((await accept(token)).body.member.role).toBe('client_user')
  })

  it('threat 33: ends with an inviter who is removed, or could not give this role any more', async () => {
    const { organizationId } = organization
    const removed = await scene.join(organizationId, 'client_admin')
    const demoted = await scene.join(organizationId, 'client_admin')
    const tokens = [
      tokenOf(await invite(removed, { email: newEmail(), role: 'client_admin' })),
      tokenOf(await invite(demoted, { email: newEmail(), role: 'client_admin' })),
    ]
    await scene.call('DELETE', `/api/chat-widget/members/${removed.id}`, { as: admin })
    await scene.call('PATCH', `/api/chat-widget/members/${demoted.id}`, { as: admin, body: { role: 'agent' } })
    for (const token of tokens) expect(await accept(token)).toMatchObject(isGone)
  })

  it('tells nobody who is a member elsewhere, and uses nothing up for them', async () => {
    const elsewhere = await scene.join((await scene.found()).organizationId, 'agent')
    const sent = await invite(admin, { email: elsewhere.email, role: 'agent' })
    expect(sent.status).toBe(201)
    expect(await accept(tokenOf(sent))).toMatchObject({ status: 422, body: { error: { field: 'email' } } })
    expect((await show(tokenOf(sent))).status).toBe(200)
    const known = await scene.join(organization.organizationId, 'agent')
    expect(await invite(admin, { email: known.email, role: 'agent' })).toMatchObject({
      status: 422,
      body: { error: { field: 'email' } },
    })
  })

  it('nobody sees or takes back the invites of another organization', async () => {
    const { body } = await invite(admin, { email: newEmail(), role: 'agent' })
    const rival = await scene.join((await scene.found()).organizationId, 'client_admin')
    expect((await scene.call<{ invites: InviteRow[] }>('GET', INVITES, { as: rival })).body.invites).toEqual([])
    expect(await scene.call('DELETE', `${INVITES}/${body.invite.id}`, { as: rival })).toMatchObject(isGone)
    expect((await scene.call<{ invites: InviteRow[] }>('GET', INVITES, { as: admin })).body.invites).toHaveLength(1)
  })

  it.each([
    { email: 'no address', role: 'agent' },
    { email: 'a@acme.test\r\nBcc: b@acme.test', role: 'agent' },
    { email: 'a@acme.test', role: 'owner' },
    { email: `${'a'.repeat(250)}@acme.test`, role: 'agent' },
    { email: 'a@acme.test' },
    { email: 'a@acme.test', role: 'agent', organizationId: 'x' },
  ])('[E2] refuses %j', async (body) => {
    expect(await invite(admin, body)).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_FAILED' } } })
  })

  it.each(['short', 'passwordpassword', 'Password1234!', '123456789012', 'aaaaaaaaaaaa', 'chatdesk-demo'])(
    'threat 35: takes no password that is guessed first: %s',
    async (password) => {
      const token = tokenOf(await invite(admin, { email: newEmail(), role: 'agent' }))
      expect(await accept(token, { password })).toMatchObject({ status: 422, body: { error: { field: 'password' } } })
      expect((await accept(token)).status).toBe(200)
    },
  )

  it('the host invites in process', async () => {
    const { api } = scene.server.chat
    const { link } = await api.inviteMember({ ...organization, email: newEmail(), role: 'super_admin' })
    expect(link).toMatch(/^\/console\/invite#iv_/)
    expect((await accept(link.split('#')[1] ?? '')).body.member.role).toBe('super_admin')
    expect((await scene.trail(organization.organizationId)).at(-1)).toMatchObject({ actor: null })
  })
})
