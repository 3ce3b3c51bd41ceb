import { sql } from 'kysely'
import type { UsageOutcome } from '../../database/assistant-tables.js'
import type { Database } from '../../database/index.js'
import type { TokenUsage } from '../provider/answer-provider.js'
import type { UsageBudgets } from './usage-budgets.js'

/** What an answer, or a request for vectors, may cost at most, and where. */
export interface UsageWish {
  organizationId: string
  /** Null: it is for none, and of the day's budget only. */
  conversationId: string | null
  provider: string
  model: string
  promptTokens: number
  completionTokens: number
  /** Of the day's budget what it may be of, 0 to 1, with all that was used before; the rest is for others. Default: all. */
  shareOfDay?: number | undefined
}

/** What an answer has cost. */
export interface UsageEnd {
  outcome: Exclude<UsageOutcome, 'reserved'>
  /** How the provider ended. */
  code: string | null
  /** Null: nothing that anybody charges for. */
  usage: TokenUsage | null
  /** Milliseconds from the request to the first word; null: none has come. */
  firstTokenMs: number | null
  latencyMs: number
}

/** Tokens that were put aside for one answer. */
export interface Reservation {
  settle(end: UsageEnd): Promise<void>
}

/** Counts what models cost, and says when it is enough. */
export interface UsageMeter {
  /** Null: the budget of the conversation, or of the organization's day, is spent. */
  reserve(wish: UsageWish): Promise<Reservation | null>
}

/** A meter in the database, which all nodes share. */
export function createUsageMeter({
  database,
  clock,
  generateId,
  budgets,
}: {
  database: Database
  clock: () => Date
  generateId: () => string
  budgets: UsageBudgets
}): UsageMeter {
  return {
    async reserve({ organizationId, conversationId, provider, model, promptTokens, completionTokens, shareOfDay = 1 }) {
      const [id, now] = [generateId(), clock()]
      const day = now.toISOString().slice(0, 10)
      const wanted = promptTokens + completionTokens
      const reserved = await database.transaction(organizationId, async (transaction) => {
        // Of several answers at a time, the last ones must not all find the same rest.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`assistant usage ${organizationId}`}, 0))`.execute(
          transaction,
        )
        const { rows } = await sql<{ onDay: number; inConversation: number }>`
          select
            (select coalesce(sum(prompt_tokens + completion_tokens), 0)::float8 from assistant_usage
              where organization_id = ${organizationId}::uuid and day = ${day}::text) as "onDay",
            (select coalesce(sum(prompt_tokens + completion_tokens), 0)::float8 from assistant_usage
              where organization_id = ${organizationId}::uuid and conversation_id = ${conversationId}::uuid)
              as "inConversation"`.execute(transaction)
        const { onDay = 0, inConversation = 0 } = rows[0] ?? {}
        if (onDay + wanted > shareOfDay * budgets.perDay) return false
        if (conversationId !== null && inConversation + wanted > budgets.perConversation) return false
        await transaction
          .insertInto('assistant_usage')
          .values({
            ...{ organization_id: organizationId, day, id, conversation_id: conversationId, provider, model },
            ...{ prompt_tokens: promptTokens, completion_tokens: completionTokens, estimated: true },
            ...{ outcome: 'reserved', begun_at: now },
          })
          .execute()
        return true
      })
      if (!reserved) return null
      return {
        async settle({ outcome, code, usage, firstTokenMs, latencyMs }) {
          await database
            .of(organizationId)
            .updateTable('assistant_usage')
            .set({
              ...{ outcome, code, first_token_ms: firstTokenMs, latency_ms: latencyMs },
              prompt_tokens: usage?.promptTokens ?? 0,
              completion_tokens: usage?.completionTokens ?? 0,
              estimated: usage?.estimated ?? false,
            })
            .where('organization_id', '=', organizationId)
            .where('day', '=', day)
            .where('id', '=', id)
            .execute()
        },
      }
    },
  }
}
