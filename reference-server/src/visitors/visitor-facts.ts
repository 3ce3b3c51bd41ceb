import { ChatError, type ConfigurableSettings, type VisitorFacts, type VisitorTraits } from '@chatdesk/protocol'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { liveConversation, visitorName } from '../conversations/index.js'
import type { StoredForm, Tables } from '../database/index.js'
import { listOfferedDepartments } from '../departments/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { checkForm } from './check-form.js'
import type { VisitorsContext } from './visit.js'

/** What it needs. */
type FactsContext = Pick<VisitorsContext, 'database' | 'changes' | 'clock'>

/**
 * Keeps what a visitor has said of themselves with the session, for the conversations that it starts, and with the one that it
 * shows (V1). Claims, all of it: what the site has proved stands elsewhere, and is never written here (S13).
 */
export async function updateVisitor(
  { database, changes, clock }: FactsContext,
  actor: VisitorActor,
  { traits, form, departmentId, locale }: VisitorFacts,
): Promise<void> {
  const { organizationId, sessionId, widgetId } = actor
  const now = clock()
  const changed = await database.transaction(organizationId, async (transaction) => {
    const { settings } = await transaction
      .selectFrom('widgets')
      .select('settings')
      .where('organization_id', '=', organizationId)
      .where('id', '=', widgetId)
      .executeTakeFirstOrThrow()
    if (departmentId) {
      const offered = await listOfferedDepartments(transaction, actor)
      if (!offered.some(({ id }) => id === departmentId))
        throw new ChatError('VALIDATION_FAILED', 'Not a department of this widget.', { field: 'facts.departmentId' })
    }
    const answered = form && JSON.stringify(storedForm(settings, form, now))
    const said = {
      ...(answered === undefined ? {} : { form: answered }),
      ...(departmentId === undefined ? {} : { department_id: departmentId }),
    }
    await transaction
      .updateTable('visitor_sessions')
      .set({
        last_seen_at: now,
        ...said,
        ...(locale === undefined ? {} : { locale }),
        ...(traits ? { traits: withTraits(traits) } : {}),
      })
      .where('organization_id', '=', organizationId)
      .where('id', '=', sessionId)
      .execute()
    await rename(transaction, actor)
    const live = await liveConversation(transaction, actor)
    if (live === undefined) return undefined
    // Its row in the inbox changes with the name that a page has said.
    return await transaction
      .updateTable('conversations')
      .set({ ...said, version: sql`version + 1` })
      .where('organization_id', '=', organizationId)
      .where('id', '=', live)
      .returning(['id', 'head_seq'])
      .executeTakeFirst()
  })
  if (changed) changes.emit({ organizationId, conversationId: changed.id, events: [], headSeq: changed.head_seq })
}

/**
 * The same for what a visitor says of themselves in a conversation, within the transaction of whoever has understood it. It
 * writes nothing that stands there already.
 */
export async function claimTraits(
  query: Kysely<Tables>,
  { organizationId, conversationId }: { organizationId: string; conversationId: string },
  traits: Pick<VisitorTraits, 'email' | 'phone'>,
): Promise<void> {
  await query
    .updateTable('visitor_sessions')
    .set({ traits: withTraits(traits) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', (eb) =>
      eb
        .selectFrom('conversations')
        .select('session_id')
        .where('organization_id', '=', organizationId)
        .where('id', '=', conversationId),
    )
    .where(sql<boolean>`traits @> ${JSON.stringify(traits)}::jsonb is not true`)
    .execute()
}

/** What is said stands beside what was said before, and in its place. */
function withTraits(traits: VisitorTraits): RawBuilder<string> {
  return sql<string>`coalesce(traits, '{}') || ${JSON.stringify(traits)}::jsonb`
}

/** What they write from now on is by this name. One that is proved stands before one that is said. */
async function rename(query: Kysely<Tables>, actor: VisitorActor): Promise<void> {
  const row = await query
    .selectFrom('visitor_sessions as s')
    .innerJoin('visitors as v', (join) =>
      join.onRef('v.organization_id', '=', 's.organization_id').onRef('v.id', '=', 's.visitor_id'),
    )
    .select(['v.name', 's.traits'])
    .where('s.organization_id', '=', actor.organizationId)
    .where('s.id', '=', actor.sessionId)
    .executeTakeFirst()
  actor.name = visitorName({ id: actor.visitorId, name: row?.name ?? row?.traits?.name ?? null })
}

function storedForm(
  { preChatForm }: ConfigurableSettings,
  form: NonNullable<VisitorFacts['form']>,
  now: Date,
): StoredForm {
  const answers = checkForm(preChatForm ?? null, form)
  const at = now.toISOString()
  return { answers, consent: form.consent === undefined ? null : { text: form.consent, at }, at }
}
