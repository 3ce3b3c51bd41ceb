import { randomBytes, randomUUID } from 'node:crypto'
import type { NotificationSettings } from '@chatdesk/protocol'
import { DEFAULT_NOTIFICATIONS } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AssistantScene, openAssistantScene } from '../assistant/testing/assistant-scene.js'
import { createMailQueue } from '../mail/index.js'
import type { MemberActor } from '../organizations/actor.js'
import { createIdGenerator } from '../platform/ids.js'
import { silentLogger } from '../platform/logger.js'
import type { Mail } from '../platform/mailer.js'
import { createRateLimit } from '../platform/rate-limit.js'
import { createSealer } from '../platform/sealed.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createMemberPushContent } from './member-push.js'
import { createNotices } from './note-notices.js'

const ALARM = 'There is an unauthorised charge on my card'
const PLENTY = { points: 1_000, seconds: 60 }

describe.each(TEST_DATABASES)('a conversation to which the team is called at once, on %s', (kind) => {
  let test: TestDatabase
  let scene: AssistantScene
  let sent: Mail[]

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    scene = await openAssistantScene(test)
    // A look finds those of all organizations.
    await test.database.system.deleteFrom('urgent_pages').execute()
    sent = []
  })
  afterEach(() => scene.close())

  /** What a node tells members with; each has its own. */
  const node = ({ pages = PLENTY } = {}) => {
    const { database } = test
    const context = { database, clock: () => scene.tenant.now.value, logger: silentLogger }
    const mails = createMailQueue({
      ...{ ...context, generateId: createIdGenerator(), sealer: createSealer([]), seals: false, random: () => 0 },
      mailer: { send: async (mail) => void sent.push(mail) },
      isStopped: async () => false,
    })
    const limits = {
      noticesPerMember: createRateLimit({ points: 1, seconds: 60 }),
      pagesPerMember: createRateLimit(pages),
    }
    const notices = createNotices({ ...context, ...limits, mails, publicUrl: new URL('https://chat.example') })
    return {
      notices,
      async tell() {
        await notices.tellPages()
        await mails.sendDue()
        await mails.idle()
      },
    }
  }
  const settle = (member: MemberActor, settings: Partial<NotificationSettings>) =>
    test.database.system
      .insertInto('member_notifications')
      .values({
        ...{ organization_id: member.organizationId, member_id: member.memberId },
        settings: JSON.stringify({ ...DEFAULT_NOTIFICATIONS, ...settings }),
      })
      .execute()
  /** A browser in which the member has asked for pushes. */
  const subscribe = async (member: MemberActor) => {
    const id = randomUUID()
    await test.database.system
      .insertInto('push_subscriptions')
      .values({
        ...{ organization_id: member.organizationId, id, visitor_id: null, login_id: null },
        ...{ member_id: member.memberId, member_session_id: member.memberSessionId },
        ...{ endpoint_hash: randomBytes(32), sealed_subscription: 'sealed', label: '', created_at: new Date() },
      })
      .execute()
    return id
  }
  const addDepartment = async (...members: MemberActor[]) => {
    const { organizationId } = scene.tenant
    const id = randomUUID()
    const made = {
      organization_id: organizationId,
      id,
      name: id,
      description: '',
      created_at: new Date(),
      created_by: null,
    }
    await test.database.system.insertInto('departments').values(made).execute()
    for (const { memberId } of members)
      await test.database.system
        .insertInto('department_members')
        .values({ organization_id: organizationId, department_id: id, member_id: memberId })
        .execute()
    return id
  }
  const putInto = (departmentId: string) =>
    test.database.system
      .updateTable('conversations')
      .set({ department_id: departmentId })
      .where('id', '=', scene.conversationId)
      .execute()
  const jobs = async () => {
    const { rows } = await sql<{ subscription_id: string; reason: string }>`
      select subscription_id, reason from push_jobs where conversation_id = ${scene.conversationId}::uuid`.execute(
      test.database.system,
    )
    return rows
  }
  const loadPush = async (subscriptionId: string) => {
    const job = await test.database.system
      .selectFrom('push_jobs')
      .selectAll()
      .where('subscription_id', '=', subscriptionId)
      .executeTakeFirstOrThrow()
    const load = createMemberPushContent({ database: test.database, clock: () => scene.tenant.now.value })
    return load(job)
  }
  const called = async () => (await scene.summary()).paged?.memberIds
  const mailed = () => sent.map(({ to }) => to.split('@')[0]).sort()
  const ids = (...members: MemberActor[]) => members.map(({ memberId }) => memberId).sort()

  it('[B17] E4: calls everybody who answers, by row and mail, though nobody is there or available', async () => {
    scene.teamOnline = false
    const other = await scene.tenant.addMember('client_admin')
    await scene.tenant.addMember('client_user')
    const away = { organization_id: other.organizationId, member_id: other.memberId, away_since: new Date() }
    await test.database.system.insertInto('agent_states').values(away).execute()
    await scene.ask(ALARM)
    expect(await called()).toEqual(ids(scene.agent, other))
    await node().tell()
    expect(mailed()).toEqual(ids(scene.agent, other))
    expect(sent[0]).toMatchObject({
      subject: expect.stringMatching(/^Urgent: Visitor .* needs somebody at once$/),
      text: expect.stringContaining(`https://chat.example/console/#/conversations/${scene.conversationId}`),
    })
    expect(JSON.stringify(sent)).not.toContain('unauthorised')
  })

  it('[B17] E4: about a life calls as well', async () => {
    await scene.ask('I want to kill myself')
    expect((await scene.decisions()).at(-1)).toMatchObject({ rule: 'E4', action: 'safety' })
    expect(await called()).toEqual(ids(scene.agent))
  })

  it('[B17] no other rule calls', async () => {
    await scene.ask('I want to talk to a human')
    await node().tell()
    expect(await scene.summary()).toMatchObject({ status: 'waiting' })
    expect(await called()).toBeUndefined()
    expect(sent).toEqual([])
  })

  it('[B17] of a department it calls those who belong to it; one of nobody is everybody’s', async () => {
    const other = await scene.tenant.addMember()
    const [theirs, nobodys] = [await addDepartment(other), await addDepartment()]
    await putInto(theirs)
    await scene.ask(ALARM)
    expect(await called()).toEqual(ids(other))
    await node().tell()
    expect(mailed()).toEqual(ids(other))
    scene.visitor = await scene.tenant.addVisitor()
    scene.conversationId = await scene.tenant.addConversation(scene.visitor)
    await putInto(nobodys)
    await scene.ask(ALARM)
    expect(await called()).toEqual(ids(scene.agent, other))
  })

  it('[B17] leaves out who has switched it off', async () => {
    const other = await scene.tenant.addMember()
    await settle(other, { urgent: false })
    await settle(scene.agent, {})
    await scene.ask(ALARM)
    await node().tell()
    expect(await called()).toEqual(ids(scene.agent))
    expect(mailed()).toEqual(ids(scene.agent))
  })

  it('[B17] calls once for a hand-off, of several nodes one, and again for the next', async () => {
    await scene.ask(ALARM)
    const [first, second] = [node(), node()]
    await Promise.all([first.tell(), second.tell()])
    await first.tell()
    expect(sent).toHaveLength(1)
    await scene.end()
    await scene.ask(ALARM)
    await second.tell()
    expect(sent).toHaveLength(2)
  })

  it('[B17] a node that dies behind the hand-off leaves it to the next', async () => {
    await scene.ask(ALARM)
    const broken = sql`create function no_mail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`
    await broken.execute(test.database.system)
    await sql`create trigger no_mail before insert on mail_jobs for each row execute function no_mail()`.execute(
      test.database.system,
    )
    await node().tell()
    await sql`drop trigger no_mail on mail_jobs`.execute(test.database.system)
    await sql`drop function no_mail()`.execute(test.database.system)
    expect(sent).toEqual([])
    await node().tell()
    expect(sent).toHaveLength(1)
  })

  it('[B4, B17] a hand-off that could not be done in full calls all the same', async () => {
    await sql`create function no_page_ticket() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`.execute(
      test.database.system,
    )
    await sql`create trigger no_page_ticket before insert on tickets for each row execute function no_page_ticket()`.execute(
      test.database.system,
    )
    await scene.ask(ALARM)
    await sql`drop trigger no_page_ticket on tickets`.execute(test.database.system)
    await sql`drop function no_page_ticket()`.execute(test.database.system)
    expect(await called()).toEqual(ids(scene.agent))
    await node().tell()
    expect(sent).toHaveLength(1)
  })

  it('[B17] calls nobody any more once somebody has answered, or who does not answer visitors any more', async () => {
    const other = await scene.tenant.addMember()
    await scene.ask(ALARM)
    await test.database.system
      .updateTable('members')
      .set({ role: 'client_user' })
      .where('id', '=', other.memberId)
      .execute()
    await node().tell()
    expect(mailed()).toEqual(ids(scene.agent))
    await scene.end()
    await scene.ask(ALARM)
    await scene.say('I am on it.', scene.agent)
    expect(await called()).toBeUndefined()
    await node().tell()
    expect(sent).toHaveLength(1)
  })

  it('[B17] mail that waits for a server is not sent once somebody has answered', async () => {
    await scene.ask(ALARM)
    const { notices, tell } = node()
    await notices.tellPages()
    await scene.say('I am on it.', scene.agent)
    await tell()
    expect(sent).toEqual([])
  })

  it('[B17] pushes to whoever has asked for pushes, on an open page and in quiet hours, without a word of the visitor', async () => {
    const other = await scene.tenant.addMember()
    const day = { from: '00:00', to: '23:59', timeZone: 'UTC' }
    await settle(scene.agent, { push: true, quietHours: day })
    await settle(other, { push: false })
    const [own] = [await subscribe(scene.agent), await subscribe(other)]
    await scene.ask(ALARM)
    await node().tell()
    expect(await jobs()).toEqual([{ subscription_id: own, reason: 'urgent' }])
    const content = await loadPush(own)
    expect(content).toMatchObject({ isObsolete: false, payload: { body: 'Urgent: needs somebody at once.' } })
    expect(content?.place).toBeUndefined()
    await scene.say('I am on it.', scene.agent)
    expect(await loadPush(own)).toMatchObject({ isObsolete: true })
  })

  it('[B17] has mails of its own number, and tells who is called in the console whatever that is', async () => {
    await scene.ask(ALARM)
    const { tell } = node({ pages: { points: 0, seconds: 60 } })
    await tell()
    expect(sent).toEqual([])
    expect(await called()).toEqual(ids(scene.agent))
  })
})
