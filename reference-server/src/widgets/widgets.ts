import { ChatError, type FollowUp, type TabMode, type WidgetSettings } from '@chatdesk/protocol'
import { followUp as followUpSchema, parseWith, tabMode as tabModeSchema } from '@chatdesk/protocol/schemas'
import { type Selectable, sql } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import { addDefaultKnowledge } from '../knowledge/index.js'
import { normalizeOrigin, type OriginRule } from './origin-rule.js'

/** A widget as its organization has set it up. */
export interface Widget extends OriginRule {
  organizationId: string
  id: string
  settings: WidgetSettings
}

/** What can be said of a new widget; everything but its organization and name has a default. */
export interface CreateWidgetInput {
  organizationId: string
  /** Name of the team as a visitor reads it. */
  name: string
  /** `wk_` and 22 characters, when absent. */
  key?: string
  primaryColor?: string
  position?: WidgetSettings['position']
  greeting?: string
  allowedOrigins?: readonly string[]
  allowMissingOrigin?: boolean
  /** What is said to a visitor who does not answer. Default: nothing. */
  followUp?: FollowUp | null
  /** Default: `isolated`. */
  tabs?: TabMode
}

/** Makes a widget. */
export async function createWidget(
  { database, clock, generateId }: { database: Database; clock: () => Date; generateId: () => string },
  input: CreateWidgetInput & { key: string },
): Promise<{ widgetId: string }> {
  const id = generateId()
  const at = clock()
  await database.transaction(input.organizationId, async (transaction) => {
    await transaction
      .insertInto('widgets')
      .values({
        organization_id: input.organizationId,
        id,
        key: input.key,
        name: input.name,
        primary_color: input.primaryColor ?? '#2f5bea',
        position: input.position ?? 'bottom-right',
        greeting: input.greeting ?? '',
        allowed_origins: (input.allowedOrigins ?? []).map(normalizeOrigin),
        allow_missing_origin: input.allowMissingOrigin ?? false,
        follow_up: encodeFollowUp(input.followUp ?? null),
        tabs: checkTabMode(input.tabs ?? 'isolated'),
        created_at: at,
      })
      .execute()
    await addDefaultKnowledge(transaction, { organizationId: input.organizationId, widgetId: id, at }, generateId)
  })
  return { widgetId: id }
}

/** Says which pages may use a widget from now on. */
export async function setAllowedOrigins(
  database: Database,
  input: { organizationId: string; widgetId: string; allowedOrigins: readonly string[] },
): Promise<void> {
  await database
    .of(input.organizationId)
    .updateTable('widgets')
    .set({ allowed_origins: input.allowedOrigins.map(normalizeOrigin) })
    .where('organization_id', '=', input.organizationId)
    .where('id', '=', input.widgetId)
    .execute()
}

/** Says what a visitor who does not answer is told from now on; null: nothing. Timers that run keep their moment. */
export async function setFollowUp(
  database: Database,
  input: { organizationId: string; widgetId: string; followUp: FollowUp | null },
): Promise<void> {
  await database
    .of(input.organizationId)
    .updateTable('widgets')
    .set({ follow_up: encodeFollowUp(input.followUp) })
    .where('organization_id', '=', input.organizationId)
    .where('id', '=', input.widgetId)
    .execute()
}

/** Says whether the tabs of a visitor share a conversation. Sessions of the other mode open nothing from now on (S12). */
export async function setTabMode(
  database: Database,
  input: { organizationId: string; widgetId: string; tabs: TabMode },
): Promise<void> {
  await database
    .of(input.organizationId)
    .updateTable('widgets')
    .set({ tabs: checkTabMode(input.tabs) })
    .where('organization_id', '=', input.organizationId)
    .where('id', '=', input.widgetId)
    .execute()
}

function checkTabMode(tabs: TabMode): TabMode {
  const result = parseWith(tabModeSchema, tabs)
  if (!result.ok) throw new ChatError('VALIDATION_FAILED', result.error.message, { field: 'tabs' })
  return result.value
}

function encodeFollowUp(followUp: FollowUp | null): string | null {
  if (followUp === null) return null
  const result = parseWith(followUpSchema, followUp)
  if (!result.ok)
    throw new ChatError('VALIDATION_FAILED', result.error.message, { field: `followUp.${result.error.field}` })
  return JSON.stringify(result.value)
}

/** A row as the rest of the server knows it. */
function widgetOf(row: Selectable<Tables['widgets']>): Widget {
  return {
    organizationId: row.organization_id,
    id: row.id,
    allowedOrigins: row.allowed_origins,
    allowMissingOrigin: row.allow_missing_origin,
    settings: {
      key: row.key,
      name: row.name,
      primaryColor: row.primary_color,
      position: row.position,
      greeting: row.greeting,
      tabs: row.tabs,
    },
  }
}

/** The widget behind a key; throws `NOT_FOUND`. */
export async function findWidget(database: Database, key: string): Promise<Widget> {
  const row = await database.system.selectFrom('widgets').selectAll().where('key', '=', key).executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such widget.')
  return widgetOf(row)
}

/** Whether any widget lets this origin in: all that a preflight, which names no widget, can be asked. */
export async function isKnownOrigin(database: Database, origin: string): Promise<boolean> {
  const row = await database.system
    .selectFrom('widgets')
    .select('id')
    .where(sql<boolean>`allowed_origins @> array[${origin}]::text[]`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
