import {
  type AdministeredWidget,
  type AssistantPolicy,
  ChatError,
  type ConfigurableSettings,
  type FollowUp,
  type WidgetSettings,
} from '@chatdesk/protocol'
import { DEFAULT_ASSISTANT_POLICY, DEFAULT_WIDGET_SETTINGS } from '@chatdesk/protocol/schemas'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import { addDefaultKnowledge, hasPublicKnowledge, lockKnowledge } from '../knowledge/index.js'
import { hasPaymentAccount } from '../payments/index.js'
import { createWidgetKey } from '../platform/secrets.js'
import { type Admission, requireEnabled } from './admission.js'
import { encodeFollowUp, encodePolicy, encodeSettings } from './encode-said.js'
import { findOnlyWidget } from './find-only-widget.js'
import { openings } from './opening-cache.js'
import { entriesFor, normalizeOrigin } from './origin-rule.js'
import { changesOf, type WidgetChanges } from './widget-changes.js'
import type { WidgetFeed } from './widget-feed.js'
import { versionOf } from './widget-states.js'

/** For how long a key that was replaced still works, in milliseconds. */
const KEY_OVERLAP_MS = 7 * 24 * 3_600_000

/** What the use cases of this folder need. */
export interface WidgetsContext {
  database: Database
  clock: () => Date
  generateId: () => string
  widgetFeed: WidgetFeed
}

/** What this server can do that another one cannot: whether it has a place for files, and sends mail. */
export interface ServerOffers {
  takesFiles: boolean
  sendsMail: boolean
}

/** A widget as visitors meet it. */
export interface Widget extends Admission {
  organizationId: string
  id: string
  settings: WidgetSettings
}

/** What can be said of a widget; `updateWidget` leaves as it is what is absent. */
export interface WidgetInput {
  /** Name of the team as a visitor reads it. */
  name?: string | undefined
  allowedOrigins?: readonly string[] | undefined
  allowMissingOrigin?: boolean | undefined
  /** What is said to a visitor who does not answer. Default: nothing. */
  followUp?: FollowUp | null | undefined
  /** Whether visitors who have left are mailed what the team writes to them. Default: false. */
  mailReplies?: boolean | undefined
  /** Whether the assistant answers before the team does. Default: false. */
  assistant?: boolean | undefined
  /** When it does, and when it hands over. Default: `DEFAULT_ASSISTANT_POLICY`. */
  assistantPolicy?: AssistantPolicy | undefined
  settings?: { [Key in keyof ConfigurableSettings]?: ConfigurableSettings[Key] | undefined } | undefined
  /** Whether anybody may use it; true by default. */
  enabled?: boolean | undefined
}

/** What can be said of a new widget; everything but its organization and name has a default. */
export interface CreateWidgetInput extends WidgetInput {
  organizationId: string
  name: string
  /** `wk_` and 22 characters, when absent. */
  key?: string | undefined
}

/** Makes a widget. */
export async function createWidget(
  transaction: Transaction<Tables>,
  { clock, generateId }: Pick<WidgetsContext, 'clock' | 'generateId'>,
  input: CreateWidgetInput,
  createdBy: string | null = null,
): Promise<AdministeredWidget> {
  const { organizationId, name, key = createWidgetKey(), ...said } = input
  const settings = { ...DEFAULT_WIDGET_SETTINGS, ...definedOf(said.settings ?? {}) }
  const now = clock()
  const id = generateId()
  await transaction
    .insertInto('widgets')
    .values({
      ...{ organization_id: organizationId, id, key, name, created_by: createdBy, created_at: now, updated_at: now },
      allowed_origins: (said.allowedOrigins ?? []).map(normalizeOrigin),
      allow_missing_origin: said.allowMissingOrigin ?? false,
      follow_up: encodeFollowUp(said.followUp ?? null),
      mail_replies: said.mailReplies ?? false,
      assistant: said.assistant ?? false,
      assistant_policy: said.assistantPolicy ? encodePolicy(said.assistantPolicy) : null,
      enabled: said.enabled ?? true,
      settings: await encodeSettings(transaction, organizationId, settings),
    })
    .execute()
  await addDefaultKnowledge(transaction, { organizationId, widgetId: id, at: now }, generateId)
  return loadWidget(transaction, { organizationId, widgetId: id })
}

/** Changes what is said of a widget; answers with it, and with what is another now. What changes nothing writes nothing. */
export async function updateWidget(
  transaction: Transaction<Tables>,
  { organizationId, widgetId, now }: { organizationId: string; widgetId: string; now: Date },
  input: WidgetInput,
): Promise<{ widget: AdministeredWidget; changes: WidgetChanges | null }> {
  // Held, so that of two changes at the same time neither undoes what the other says.
  await sql`select from widgets where organization_id = ${organizationId}::uuid and id = ${widgetId}::uuid for update`.execute(
    transaction,
  )
  const before = await loadWidget(transaction, { organizationId, widgetId })
  const { allowedOrigins = before.allowedOrigins, settings = {}, ...said } = input
  const wanted = {
    ...before,
    ...definedOf(said),
    allowedOrigins: allowedOrigins.map(normalizeOrigin),
    settings: { ...before.settings, ...definedOf(settings) },
  }
  if (!changesOf(before, wanted)) return { widget: before, changes: null }
  await transaction
    .updateTable('widgets')
    .set({
      name: wanted.name,
      enabled: wanted.enabled,
      allowed_origins: wanted.allowedOrigins,
      allow_missing_origin: wanted.allowMissingOrigin,
      follow_up: encodeFollowUp(wanted.followUp),
      mail_replies: wanted.mailReplies,
      assistant: wanted.assistant,
      assistant_policy: encodePolicy(wanted.assistantPolicy),
      settings: await encodeSettings(transaction, organizationId, wanted.settings),
      updated_at: now,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', widgetId)
    .execute()
  const widget = await loadWidget(transaction, { organizationId, widgetId })
  return { widget, changes: changesOf(before, widget) }
}

/** Gives a widget a new key; the old one works for a week more, the one before it no longer. */
export async function rotateWidgetKey(
  transaction: Transaction<Tables>,
  { organizationId, widgetId, now }: { organizationId: string; widgetId: string; now: Date },
): Promise<AdministeredWidget> {
  await transaction
    .updateTable('widgets')
    .set((eb) => ({
      previous_key: eb.ref('key'),
      previous_key_until: new Date(now.getTime() + KEY_OVERLAP_MS),
      key: createWidgetKey(),
      updated_at: now,
    }))
    .where('organization_id', '=', organizationId)
    .where('id', '=', widgetId)
    .execute()
  return loadWidget(transaction, { organizationId, widgetId })
}

/** Takes a widget away, and with it all that was said in it; its leads stay. */
export async function deleteWidget(
  transaction: Transaction<Tables>,
  { organizationId, widgetId }: { organizationId: string; widgetId: string },
): Promise<void> {
  // Years of conversations go with it.
  await sql`set local statement_timeout = 0`.execute(transaction)
  await lockKnowledge(transaction, widgetId)
  const { numDeletedRows } = await transaction
    .deleteFrom('widgets')
    .where('organization_id', '=', organizationId)
    .where('id', '=', widgetId)
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) throw noSuchWidget()
}

/** All widgets of an organization, the oldest first. */
export async function listWidgets(query: Kysely<Tables>, organizationId: string): Promise<AdministeredWidget[]> {
  const rows = await administeredWidgets(query, organizationId).orderBy('w.id').execute()
  return rows.map(administeredWidgetOf)
}

/** One widget; throws `NOT_FOUND`. */
export async function loadWidget(
  query: Kysely<Tables>,
  { organizationId, widgetId }: { organizationId: string; widgetId: string },
): Promise<AdministeredWidget> {
  const row = await administeredWidgets(query, organizationId).where('w.id', '=', widgetId).executeTakeFirst()
  if (!row) throw noSuchWidget()
  return administeredWidgetOf(row)
}

function administeredWidgets(query: Kysely<Tables>, organizationId: string) {
  return query
    .selectFrom('widgets as w')
    .leftJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 'w.organization_id').onRef('m.id', '=', 'w.created_by'),
    )
    .selectAll('w')
    .select('m.name as creator_name')
    .where('w.organization_id', '=', organizationId)
}

function administeredWidgetOf(
  row: Selectable<Tables['widgets']> & { creator_name: string | null },
): AdministeredWidget {
  const { created_by: creatorId, creator_name: creatorName } = row
  return {
    id: row.id,
    key: row.key,
    previousKeyUntil: row.previous_key_until?.toISOString() ?? null,
    name: row.name,
    enabled: row.enabled,
    allowedOrigins: row.allowed_origins,
    allowMissingOrigin: row.allow_missing_origin,
    followUp: row.follow_up,
    mailReplies: row.mail_replies,
    assistant: row.assistant,
    assistantPolicy: row.assistant_policy ?? DEFAULT_ASSISTANT_POLICY,
    createdAt: row.created_at.toISOString(),
    createdBy: creatorId !== null && creatorName !== null ? { id: creatorId, name: creatorName } : null,
    updatedAt: row.updated_at.toISOString(),
    settings: row.settings,
  }
}

/** The widget behind a key, as visitors meet it; throws `NOT_FOUND`, and `FORBIDDEN` while it is switched off. */
export async function findWidget(
  { database, takesFiles, sendsMail }: Pick<WidgetsContext, 'database'> & ServerOffers,
  key: string,
  now: Date,
): Promise<Widget> {
  const named = await database.system
    .selectFrom('widgets')
    .selectAll()
    .where((eb) =>
      eb.or([eb('key', '=', key), eb.and([eb('previous_key', '=', key), eb('previous_key_until', '>', now)])]),
    )
    .executeTakeFirst()
  const row = named ?? (await findOnlyWidget(database, key))
  if (!row) throw noSuchWidget()
  requireEnabled(row)
  const { open, nextChangeAt } = openings(row.settings.businessHours, now)
  return {
    organizationId: row.organization_id,
    id: row.id,
    enabled: row.enabled,
    allowedOrigins: row.allowed_origins,
    allowMissingOrigin: row.allow_missing_origin,
    settings: {
      key,
      name: row.name,
      ...row.settings,
      // Nobody is offered what the server would refuse (U1).
      ...(takesFiles ? {} : { attachments: null }),
      transcriptMail: sendsMail,
      help: await hasPublicKnowledge(database, { organizationId: row.organization_id, widgetId: row.id }),
      payments: await hasPaymentAccount(database, row.organization_id),
      version: versionOf(row),
      open,
      nextChangeAt: nextChangeAt?.toISOString() ?? null,
    },
  }
}

/** The key of the only widget of the whole server, for callers that know of one alone; where there are more, nobody guesses. */
export async function findOnlyKey(database: Database): Promise<string | undefined> {
  const rows = await database.system.selectFrom('widgets').select('key').limit(2).execute()
  return rows.length === 1 ? rows[0]?.key : undefined
}

/** Whether any widget lets this origin in: all that a preflight, which names no widget, can be asked. */
export async function isKnownOrigin(database: Database, origin: string): Promise<boolean> {
  const row = await database.system
    .selectFrom('widgets')
    .select('id')
    .where(sql<boolean>`allowed_origins && ${entriesFor(origin)}::text[]`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function noSuchWidget(): ChatError {
  return new ChatError('NOT_FOUND', 'No such widget.')
}

/** Without the fields that say nothing. */
function definedOf<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
