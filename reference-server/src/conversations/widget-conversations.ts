import type { ConversationStatus } from '@chatdesk/protocol'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import { decodeCursor } from '../platform/page-cursor.js'
import { requireWidget } from '../widgets/index.js'
import { type BegunPage, pageByBegin } from './begun-pages.js'
import { readSummaries } from './inbox.js'

const ALL: readonly ConversationStatus[] = ['open', 'waiting', 'assigned', 'resolved']

/** Which conversations of a widget. */
export interface WidgetConversationsRequest {
  organizationId: string
  widgetId: string
  status?: ConversationStatus | undefined
  /** Begun at this moment or later. */
  from?: string | undefined
  /** Begun before this moment. */
  to?: string | undefined
  limit: number
  cursor?: string | undefined
}

/**
 * A page of a widget's conversations, those that began last first; throws `NOT_FOUND` for a widget of somebody else. What
 * moves them in the inbox moves none of them here, so pages neither repeat nor skip any.
 */
export async function loadWidgetConversations(
  query: Kysely<Tables>,
  request: WidgetConversationsRequest,
): Promise<BegunPage> {
  const { organizationId, limit } = request
  await requireWidget(query, request)
  const ids = widgetConversationIds(request)
  const condition = sql<boolean>`k.organization_id = ${organizationId}::uuid and k.id = any (${ids})`
  const rows = await readSummaries(query, condition, limit + 1)
  return pageByBegin(rows, limit)
}

/**
 * Ids of a page, and of one conversation more, as an array. One walk along the index for each status, each as long as a
 * page at most: otherwise either the filter or the order would read all that the widget has.
 */
export function widgetConversationIds(request: WidgetConversationsRequest): RawBuilder<string[]> {
  const { organizationId, widgetId, status, limit, cursor } = request
  const before = cursor === undefined ? undefined : decodeCursor(cursor)
  const moment = (text: string | undefined) => (text === undefined ? null : new Date(text))
  return sql<string[]>`array(
    select p.id from unnest(${status ? [status] : ALL}::text[]) as s (status)
    cross join lateral (
      select c.id, c.created_at from conversations c
      where c.organization_id = ${organizationId}::uuid and c.widget_id = ${widgetId}::uuid and c.status = s.status
        and c.created_at >= coalesce(${moment(request.from)}::timestamptz, '-infinity')
        and c.created_at < coalesce(${moment(request.to)}::timestamptz, 'infinity')
        and (c.created_at, c.id) < (coalesce(${before?.at ?? null}::timestamptz, 'infinity'),
          coalesce(${before?.id ?? null}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      order by c.created_at desc, c.id desc limit ${limit + 1}::int
    ) p
    order by p.created_at desc, p.id desc limit ${limit + 1}::int)`
}
