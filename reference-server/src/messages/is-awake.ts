import { type RawBuilder, sql } from 'kysely'

/** Whether conversation `k` is not put away at this moment (C18). */
export function isAwake(now: Date): RawBuilder<boolean> {
  return sql<boolean>`(k.snoozed_until is null or k.snoozed_until <= ${now}::timestamptz
    or coalesce(k.last_message_author ->> 'kind' = 'visitor' and k.last_message_at > k.snoozed_at, false))`
}
