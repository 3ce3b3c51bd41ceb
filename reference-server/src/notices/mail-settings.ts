import { ChatError, type MailSettings } from '@chatdesk/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/index.js'

/** How long it takes until an organization mails; `forUpdate`: nobody else changes it until the transaction ends. */
export async function loadMailSettings(
  query: Kysely<Tables>,
  organizationId: string,
  { forUpdate = false } = {},
): Promise<MailSettings> {
  const row = await query
    .selectFrom('organizations')
    .select(['missed_after_minutes as missedAfterMinutes', 'reply_after_minutes as replyAfterMinutes'])
    .where('id', '=', organizationId)
    .$if(forUpdate, (held) => held.forUpdate())
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such organization.')
  return row
}

/** Sets it, as a whole. */
export async function saveMailSettings(
  query: Kysely<Tables>,
  organizationId: string,
  { missedAfterMinutes, replyAfterMinutes }: MailSettings,
): Promise<void> {
  await query
    .updateTable('organizations')
    .set({ missed_after_minutes: missedAfterMinutes, reply_after_minutes: replyAfterMinutes })
    .where('id', '=', organizationId)
    .execute()
}
