import type { NotificationSettings } from '@chatdesk/protocol'
import { DEFAULT_NOTIFICATIONS } from '@chatdesk/protocol/schemas'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/index.js'

/** A member, in the organization that is their own. */
export interface WhichMember {
  organizationId: string
  memberId: string
}

/** What a member wants to hear of, and how. */
export async function loadNotifications(
  query: Kysely<Tables>,
  { organizationId, memberId }: WhichMember,
): Promise<NotificationSettings> {
  const row = await query
    .selectFrom('member_notifications')
    .select('settings')
    .where('organization_id', '=', organizationId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row?.settings ?? DEFAULT_NOTIFICATIONS
}

/** Keeps it, as a whole. */
export async function saveNotifications(
  query: Kysely<Tables>,
  { organizationId, memberId }: WhichMember,
  settings: NotificationSettings,
): Promise<void> {
  const encoded = JSON.stringify(settings)
  await query
    .insertInto('member_notifications')
    .values({ organization_id: organizationId, member_id: memberId, settings: encoded })
    .onConflict((conflict) => conflict.columns(['organization_id', 'member_id']).doUpdateSet({ settings: encoded }))
    .execute()
}
