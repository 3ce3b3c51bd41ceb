import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FilledTenant, fillTenant } from '../../testing/fill-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import type { Tables } from '../tables.js'

/** Tables with rows of an organization that no foreign key takes along, and why that is right. */
const OUTSIDE: Record<string, string> = {
  audit_entries: 'the trail of an organization outlives it',
  events: 'a trigger does it: a check for each row would cost as much as writing it',
  presence: 'who is connected at this moment: it ends with the connection',
  search_entries: 'triggers do it, with what was said',
}

const toWidget = 'FOREIGN KEY (organization_id, widget_id) REFERENCES widgets(organization_id, id) ON DELETE'
const toConversation =
  'FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id) ON DELETE'

/** Lines of the seed, our table, and its key as Postgres says it. docs/seed-map.md has the names of the seeds beside ours. */
const FOREIGN_KEYS = [
  ['D 246, 289', 'widgets', 'FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE'],
  ['D 252, 293', 'knowledge_entries', `${toWidget} CASCADE`],
  ['D 256, 294', 'conversations', `${toWidget} CASCADE`],
  [
    'D 257, 303',
    'conversations',
    'FOREIGN KEY (organization_id, lead_id) REFERENCES leads(organization_id, id) DEFERRABLE INITIALLY DEFERRED',
  ],
  [
    'D 262, 306',
    'answer_sources',
    'FOREIGN KEY (organization_id, knowledge_entry_id) REFERENCES knowledge_entries(organization_id, id) ON DELETE SET NULL (knowledge_entry_id)',
  ],
  ['D 261, 301', 'answer_sources', `${toConversation} CASCADE`],
  ['D 266, 295', 'widget_days', `${toWidget} CASCADE`],
  ['D 271, 302', 'appointments', `${toConversation} CASCADE`],
  ['D 272, 296', 'appointments', `${toWidget} CASCADE`],
  ['D 276, 297', 'spam_rules', `${toWidget} CASCADE`],
  ['D 303', 'leads', `${toWidget} SET NULL (widget_id)`],
  ['D 282', 'visitor_sessions', `${toWidget} CASCADE`],
] as const

/** Lines of the seed, our table, and what stands for the seed's index. */
const INDEXES = [
  ['D 248, 249 and E 122', 'widgets', 'unique btree (key)'],
  ['D 249', 'widgets', 'unique btree (organization_id, id)'],
  ['D 253', 'knowledge_entries', 'btree (widget_id, id)'],
  ['D 253', 'knowledge_entries', 'gin (keywords)'],
  ['D 258', 'conversations', 'btree (widget_id, status, created_at DESC, id DESC)'],
  ['D 258', 'conversations', 'btree (session_id, id)'],
  ['D 258', 'leads', 'btree (email, organization_id) WHERE (email IS NOT NULL)'],
  ['D 263', 'events', 'unique btree (conversation_id, seq, organization_id)'],
  ['D 267, 268', 'widget_days', 'unique btree (organization_id, widget_id, date)'],
  ['D 273', 'appointments', 'btree (widget_id, status, preferred_date)'],
  ['E 100', 'visitor_sessions', 'unique btree (token_hash)'],
] as const

describe.each(TEST_DATABASES)('the relations of the seeds on %s', (kind) => {
  let test: TestDatabase
  let system: Kysely<Tables>
  beforeAll(async () => {
    test = await createTestDatabase(kind)
    system = test.database.system
  })
  afterAll(() => test.drop())

  describe('in the catalogue', () => {
    it.each(FOREIGN_KEYS)('seed %s: %s has %s', async (_lines, table, definition) => {
      const { rows } = await sql<{ definition: string }>`
        select pg_get_constraintdef(oid) as definition from pg_constraint
        where contype = 'f' and conrelid = ${table}::regclass`.execute(system)
      expect(rows.map((row) => row.definition)).toContain(definition)
    })

    it.each(INDEXES)('seed %s: %s has an index %s', async (_lines, table, definition) => {
      const { rows } = await sql<{ definition: string }>`
        select case when indisunique then 'unique ' else '' end
          || regexp_replace(pg_get_indexdef(indexrelid), '^.* USING ', '') as definition
        from pg_index where indrelid = ${table}::regclass`.execute(system)
      expect(rows.map((row) => row.definition)).toContain(definition)
    })

    it('threat 85: seed D 23: everything of an organization goes with it, but what says why not', async () => {
      const { rows } = await sql<{ table: string }>`
        with recursive gone as (
          select 'organizations'::regclass::oid as id
          union
          select k.conrelid from gone join pg_constraint k on k.confrelid = gone.id and k.contype = 'f' and k.confdeltype = 'c'
        )
        select c.relname as table from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        where a.attname = 'organization_id' and not a.attisdropped and c.oid not in (select id from gone)
        order by 1`.execute(system)
      expect(rows.map(({ table }) => table)).toEqual(Object.keys(OUTSIDE))
    })

    it('refuses a deletion in two places only, and keeps what a removed member has made', async () => {
      const { rows } = await sql<{ key: string; target: string; action: string }>`
        select conrelid::regclass || ' ' || conname as key, confrelid::regclass::text as target, confdeltype as action
        from pg_constraint where contype = 'f' order by 1`.execute(system)
      const refusing = rows.filter(({ action }) => action !== 'c' && action !== 'n')
      expect(refusing.map(({ key }) => key)).toEqual([
        'conversations conversations_organization_id_lead_id_fkey',
        'conversations conversations_organization_id_session_id_fkey',
      ])
      // What is theirs alone goes; none of the seeds' tables is among it.
      const goesWithMember = rows.filter(({ target, action }) => target === 'members' && action === 'c')
      for (const [, table] of FOREIGN_KEYS)
        expect(goesWithMember.map(({ key }) => key.split(' ')[0])).not.toContain(table)
    })
  })

  describe('when something is deleted', () => {
    let own: FilledTenant
    let other: FilledTenant
    beforeEach(async () => {
      own = await fillTenant(test.database)
      other = await fillTenant(test.database)
    })

    /** How many rows each table with the organization's name in it has of one. */
    const count = async (organizationId: string): Promise<Record<string, number>> => {
      const { rows: tables } = await sql<{ table: string }>`
        select c.relname as table from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        where a.attname = 'organization_id' and not a.attisdropped order by 1`.execute(system)
      const counts: Record<string, number> = {}
      for (const { table } of tables) {
        const { rows } = await sql<{ n: number }>`
          select count(*)::int as n from ${sql.table(table)} where organization_id = ${organizationId}::uuid`.execute(
          system,
        )
        counts[table] = rows[0]?.n ?? 0
      }
      return counts
    }
    const remove = (table: keyof Tables, id: string, query = test.database.of(own.organizationId)) =>
      sql`delete from ${sql.table(table)} where id = ${id}::uuid`.execute(query)
    const read = async (table: keyof Tables) => {
      const { rows } = await sql<Record<string, unknown>>`
        select * from ${sql.table(table)} where organization_id = ${own.organizationId}::uuid`.execute(system)
      return rows
    }

    it('threat 85: seed D 23, 289: an organization takes all that is its own along, but its audit trail', async () => {
      const [before, others] = [await count(own.organizationId), await count(other.organizationId)]
      for (const [, table] of FOREIGN_KEYS) expect(before[table], table).toBeGreaterThan(0)
      for (const table of ['members', 'member_sessions', 'connection_tickets', 'visitors', 'events'])
        expect(before[table], table).toBeGreaterThan(0)
      await remove('organizations', own.organizationId, system)
      const { audit_entries: trail, ...rest } = await count(own.organizationId)
      expect(trail).toBe(before.audit_entries)
      expect(Object.entries(rest).filter(([, rows]) => rows > 0)).toEqual([])
      expect(await count(other.organizationId)).toEqual(others)
    })

    it('threat 85: seed D 293 to 298, 301, 302: a widget takes what belongs to it along; leads and visitors stay', async () => {
      const [before, others] = [await count(own.organizationId), await count(other.organizationId)]
      await remove('widgets', own.widgetId)
      const after = await count(own.organizationId)
      const stays = [
        'audit_entries',
        'leads',
        'members',
        'member_sessions',
        'connection_tickets',
        'visitors',
        'push_subscriptions',
      ]
      for (const table of stays) expect(after[table], table).toBe(before[table])
      expect(Object.entries(after).filter(([table, rows]) => rows > 0 && !stays.includes(table))).toEqual([])
      expect(await read('leads')).toMatchObject([{ id: own.leadId, widget_id: null, source: 'chat_widget' }])
      expect(await count(other.organizationId)).toEqual(others)
    })

    it('seed D 301, 302: a conversation takes its events and appointments along, its lead stays', async () => {
      const second = await own.addConversation(await own.addVisitor())
      const third = await own.addConversation(await own.addVisitor())
      for (const conversationId of [second, third])
        await own.messages.append({
          organizationId: own.organizationId,
          conversationId,
          author: { kind: 'agent', id: own.memberId, name: 'N' },
          ownerSessionId: null,
          clientMessageId: own.clientId(),
          parts: [{ type: 'text', text: 'Hello' }],
        })
      await sql`delete from conversations where id = any (${[own.conversationId, second]}::uuid[])`.execute(
        test.database.of(own.organizationId),
      )
      const events = await read('events')
      expect(new Set(events.map(({ conversation_id }) => conversation_id))).toEqual(new Set([third]))
      expect(await count(own.organizationId)).toMatchObject({ appointments: 0, answer_sources: 0, leads: 1 })
      expect(await count(other.organizationId)).toMatchObject({ appointments: 1, answer_sources: 1 })
    })

    it('seed D 303: a lead that a conversation names is not deleted; with the last one gone, it is', async () => {
      await expect(remove('leads', own.leadId)).rejects.toMatchObject({ code: '23503' })
      expect(await read('leads')).toHaveLength(1)
      await remove('conversations', own.conversationId)
      await remove('leads', own.leadId)
      expect(await read('leads')).toEqual([])
    })

    it('seed D 306: an answer survives the entry that it used', async () => {
      await remove('knowledge_entries', own.entryId)
      expect(await read('answer_sources')).toMatchObject([{ seq: 2, knowledge_entry_id: null, confidence: 0.9 }])
    })

    it('seed D 290: what a member has made, was given or has said outlives them', async () => {
      const before = await count(own.organizationId)
      await remove('members', own.memberId)
      const after = await count(own.organizationId)
      expect(after).toEqual({ ...before, members: 0, member_sessions: 0, connection_tickets: 0 })
      expect(await read('conversations')).toMatchObject([{ id: own.conversationId, agent_id: null }])
      expect(await read('leads')).toMatchObject([{ assigned_to: null }])
      expect(await read('spam_rules')).toMatchObject([{ created_by: null }])
      expect((await read('knowledge_entries')).map(({ created_by }) => created_by)).not.toContain(own.memberId)
    })

    it('a session stays while it has a conversation: clearing old ones takes nothing that was said along', async () => {
      await expect(remove('visitor_sessions', own.sessionId)).rejects.toMatchObject({ code: '23503' })
      expect((await read('events')).length).toBeGreaterThan(0)
    })

    it('seed D 267: a widget has one row a day', async () => {
      const day = { widget_id: own.widgetId, computed_at: own.now.value }
      const insert = (organizationId: string, date: string) =>
        system
          .insertInto('widget_days')
          .values({ ...day, organization_id: organizationId, date })
          .execute()
      await expect(insert(own.organizationId, '2026-01-01')).rejects.toMatchObject({ code: '23505' })
      await insert(own.organizationId, '2026-01-02')
      // The same widget cannot have a second row under another organization's name.
      await expect(insert(other.organizationId, '2026-01-01')).rejects.toMatchObject({ code: '23503' })
    })

    it('seed D 248 and E 100, 122: keys of widgets and tokens of sessions are unique among all organizations', async () => {
      const copy = (table: 'widgets' | 'visitor_sessions', column: 'key' | 'token_hash') => sql`
        update ${sql.table(table)} set ${sql.ref(column)} = (
          select ${sql.ref(column)} from ${sql.table(table)} where organization_id = ${other.organizationId}::uuid
        ) where organization_id = ${own.organizationId}::uuid`
      await expect(copy('widgets', 'key').execute(system)).rejects.toMatchObject({ code: '23505' })
      await expect(copy('visitor_sessions', 'token_hash').execute(system)).rejects.toMatchObject({ code: '23505' })
    })

    it('seed D 22: nothing hangs on a widget of another organization', async () => {
      for (const table of ['knowledge_entries', 'conversations', 'leads', 'appointments', 'spam_rules', 'widget_days'])
        await expect(
          sql`update ${sql.table(table)} set widget_id = ${other.widgetId}::uuid
            where organization_id = ${own.organizationId}::uuid`.execute(system),
          table,
        ).rejects.toMatchObject({ code: '23503' })
    })
  })
})

describe('a database whose keys were made in another order, as a restored one', () => {
  it('lets an organization go with all that is its own', async () => {
    const test = await createTestDatabase('PGlite')
    const { organizationId } = await fillTenant(test.database)
    for (const table of ['widgets', 'visitors', 'members'])
      await sql
        .raw(`alter table ${table} drop constraint ${table}_organization_id_fkey,
          add constraint ${table}_organization_id_fkey foreign key (organization_id) references organizations on delete cascade`)
        .execute(test.database.system)
    await sql`delete from organizations where id = ${organizationId}::uuid`.execute(test.database.system)
    expect(await test.database.system.selectFrom('conversations').select('id').execute()).toEqual([])
    await test.drop()
  })
})
