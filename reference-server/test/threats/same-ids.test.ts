import { randomUUID } from 'node:crypto'
import type { ServerFrame } from '@chatdesk/protocol'
import { createTestServer, TEST_DATABASES, type TestServer, type TestVisitor } from '@chatdesk/server/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendDueFollowUps } from '../../src/follow-ups/index.js'
import { appendBatch, encodeDraft } from '../../src/messages/append.js'
import { moveReadMarks } from '../../src/messages/read-marks.js'
import type { MemberActor } from '../../src/organizations/actor.js'
import { findMemberBySession, findStandingMembers } from '../../src/organizations/member-sessions.js'
import { silentLogger } from '../../src/platform/logger.js'
import { createSecret, hashSecret } from '../../src/platform/secrets.js'
import { connectWebSocket, type TestClient } from '../../src/realtime/testing/test-client.js'
import { createInstallationLog } from '../../src/widgets/index.js'
import { listTenantTables } from '../authorization/tables.js'
import { conversationIdOf, heard, NO_RATES, say } from './scene.js'

/** A visitor and an agent of one organization, connected. */
interface Side {
  name: string
  organizationId: string
  visitor: TestClient
  agent: TestClient
}

/**
 * Copies every row of an organization for another one: all ids are the same but the organization's, and what opens
 * something is another secret. No server makes such ids; whatever is kept by an id alone shows itself by them.
 */
async function makeTwin({ database }: TestServer, of: string): Promise<string> {
  const twin = randomUUID()
  const tables = await listTenantTables(database)
  await database.transaction('system', async (transaction) => {
    await sql`set local session_replication_role = replica`.execute(transaction)
    for (const { name, owner, columns } of tables) {
      const kept = columns.filter(({ generated, numbered }) => !generated && !numbered)
      const values = kept.map(({ name: column, type }) => {
        if (column === owner) return sql`${twin}::uuid`
        if (type === 'bytea') return sql`sha256(${sql.ref(column)} || 'twin')`
        return column === 'email' || column === 'key' ? sql`'twin' || ${sql.ref(column)}` : sql.ref(column)
      })
      await sql`insert into ${sql.table(name)} (${sql.join(kept.map((column) => sql.ref(column.name)))})
        select ${sql.join(values)} from ${sql.table(name)} where ${sql.ref(owner)} = ${of}::uuid`.execute(transaction)
    }
  })
  return twin
}

const seqOf = (answer: ServerFrame) => ('seq' in answer ? answer.seq : undefined)

describe.each(TEST_DATABASES)('two organizations whose rows have the same ids, on %s', (kind) => {
  let server: TestServer
  let sides: [Side, Side]
  let conversationId: string
  let session: TestVisitor
  beforeAll(async () => {
    server = await createTestServer({ kind, limits: { realtime: NO_RATES } })
    session = await server.initVisitor()
    const connect = async (token: string) => {
      const client = await connectWebSocket(server.url, { origin: server.origin })
      const answer = await client.start(token)
      expect(answer.type).toBe('session.ready')
      return client
    }
    const visitor = await connect(session.token)
    conversationId = conversationIdOf(
      await visitor.ask({ type: 'conversation.start', clientConversationId: randomUUID() }),
    )
    const member = await server.signIn('agent')
    const { organization } = member.current
    const agent = await connect(await server.ticket(member))

    const twin = await makeTwin(server, organization.id)
    const [token, ticket] = [createSecret('vs'), createSecret('ct')]
    const scope = server.database.of(twin)
    await scope
      .updateTable('visitor_sessions')
      .set({ token_hash: hashSecret(token) })
      .where('id', '=', session.sessionId)
      .execute()
    const { id } = await scope.selectFrom('member_sessions').select('id').executeTakeFirstOrThrow()
    await scope
      .insertInto('connection_tickets')
      .values({
        organization_id: twin,
        ticket_hash: hashSecret(ticket),
        member_session_id: id,
        origin: server.origin,
        expires_at: new Date(Date.now() + 60_000),
      })
      .execute()
    sides = [
      { name: 'first', organizationId: organization.id, visitor, agent },
      { name: 'twin', organizationId: twin, visitor: await connect(token), agent: await connect(ticket) },
    ]
    for (const side of sides) {
      await side.agent.ask({ type: 'inbox.load', limit: 50 })
      await side.agent.ask({ type: 'conversation.watch', conversationId })
    }
  })
  afterAll(() => server.close())

  /** Both have heard and can read what was said on their side, and nothing of the other. */
  const expectOwnOnly = async (
    { name, visitor, agent }: Side,
    { other, headSeq }: { other: string; headSeq: number },
  ) => {
    for (const client of [visitor, agent]) {
      const page = await client.ask({ type: 'history.load', conversationId, limit: 50 })
      expect(page).toMatchObject({ type: 'history.page', headSeq })
      await expect.poll(() => heard(client)).toContain(`an agent of ${name}`)
      expect(heard(client)).toContain(`a visitor of ${name}`)
      expect(heard(client)).not.toContain(`of ${other}`)
    }
  }

  it('threat 29: neither hears, reads or moves anything of the other, when all is done at once', async () => {
    const clientMessageId = randomUUID()
    // One batch, and what is kept in memory is of both.
    const answers = await Promise.all(
      sides.flatMap(({ name, visitor, agent }) => [
        visitor.ask(say(conversationId, `a visitor of ${name}`, clientMessageId)),
        agent.ask(say(conversationId, `an agent of ${name}`, clientMessageId)),
      ]),
    )
    for (const answer of answers) expect(answer).toMatchObject({ type: 'ack', ok: true })
    // Visitor's word, the assignment, the agent's word.
    expect(answers.map(seqOf)).toEqual([1, 3, 1, 3])
    const repeated = await Promise.all(
      sides.map(({ name, visitor }) => visitor.ask(say(conversationId, `a visitor of ${name}`, clientMessageId))),
    )
    expect(repeated.map(seqOf)).toEqual([1, 1])
    await Promise.all(sides.map(({ visitor }) => visitor.ask({ type: 'message.markRead', conversationId, upToSeq: 3 })))
    const [first, twin] = sides
    first.visitor.send({ type: 'typing.set', conversationId, active: true })
    await first.agent.next('typing.changed')
    await first.agent.ask({ type: 'conversation.end', conversationId })

    await expectOwnOnly(first, { other: 'twin', headSeq: 4 })
    await expectOwnOnly(twin, { other: 'first', headSeq: 3 })
    expect(twin.agent.frames.filter(({ type }) => type === 'typing.changed')).toEqual([])
  })

  it('threat 29: of a batch that holds something of both, each is told and answered its own', async () => {
    const batch = sides.map(({ name, organizationId }) => {
      const draft = {
        id: randomUUID(),
        organizationId,
        conversationId,
        author: { kind: 'visitor' as const, id: session.visitorId, name },
        ownerSessionId: session.sessionId,
        clientMessageId: randomUUID(),
        parts: [{ type: 'text' as const, text: `in a batch, of ${name}` }],
      }
      return { draft, json: encodeDraft(draft) }
    })
    const { changes } = await appendBatch(server.database, batch, new Date())
    const told = changes.map(({ organizationId, events }) => [organizationId, JSON.stringify(events)])
    expect(told).toEqual(
      sides.map(({ organizationId, name }) => [organizationId, expect.stringContaining(`in a batch, of ${name}`)]),
    )
    for (const [index, { name }] of [...sides].reverse().entries()) expect(told[index]?.[1]).not.toContain(`of ${name}`)

    const marks = changes.map(({ organizationId, headSeq: upToSeq }) => {
      return { organizationId, conversationId, reader: 'team' as const, ownerSessionId: null, upToSeq }
    })
    const moved = await moveReadMarks(server.database, marks)
    expect(moved.outcomes).toEqual([{ status: 'done' }, { status: 'done' }])
    expect(moved.changes.map(({ organizationId, reads }) => [organizationId, reads?.team])).toEqual(
      marks.map(({ organizationId, upToSeq }) => [organizationId, upToSeq]),
    )
  })

  it('threat 29: of two sign-ins both stand, in whatever order they are asked for', async () => {
    const { database } = server
    const { id: memberSessionId } = await database
      .of(sides[1].organizationId)
      .selectFrom('member_sessions')
      .select('id')
      .executeTakeFirstOrThrow()
    const now = new Date()
    const actors: MemberActor[] = []
    for (const { organizationId } of sides) {
      const actor = await findMemberBySession(database, { organizationId, memberSessionId }, now)
      if (actor) actors.push(actor)
    }
    expect(actors.map((actor) => actor.organizationId)).toEqual(sides.map(({ organizationId }) => organizationId))
    expect((await findStandingMembers(database, actors, now)).size).toBe(2)
    expect((await findStandingMembers(database, [...actors].reverse(), now)).size).toBe(2)
  })

  it('threat 29: both widgets are written down where they are seen, and keep quiet hours of their own', async () => {
    const { database } = server
    const clock = () => new Date('2026-06-01T12:00:00.000Z')
    const [first, twin] = sides
    const { id: widgetId } = await database
      .of(twin.organizationId)
      .selectFrom('widgets')
      .select('id')
      .executeTakeFirstOrThrow()
    const log = createInstallationLog({ database, clock, logger: silentLogger })
    for (const { organizationId } of sides)
      log.saw({ organizationId, widgetId, origin: 'https://seen.example', refused: false })
    await log.idle()
    const seen = await database.system
      .selectFrom('installations')
      .select('organization_id')
      .where('domain', '=', 'seen.example')
      .execute()
    expect(seen.map((row) => row.organization_id).sort()).toEqual(
      sides.map(({ organizationId }) => organizationId).sort(),
    )

    for (const [side, timeZone] of [
      [first, 'UTC'],
      [twin, 'Pacific/Kiritimati'],
    ] as const) {
      // Noon in one zone, two at night in the other, where nobody is disturbed between one and three.
      const quietHours = { timeZone, from: '01:00', to: '03:00' }
      const followUp = JSON.stringify({ text: 'Still there?', afterMinutes: 1, quietHours })
      const scope = database.of(side.organizationId)
      await scope
        .updateTable('widgets')
        .set({ follow_up: followUp as never })
        .execute()
      await scope
        .updateTable('conversations')
        .set({ follow_up_at: new Date(0) })
        .execute()
    }
    const asked: string[] = []
    const messages = {
      followUp: async ({ organizationId }: { organizationId: string }) => void asked.push(organizationId),
    }
    await sendDueFollowUps({ database, messages, clock, logger: silentLogger })
    expect(asked).toEqual([first.organizationId])
  })
})
