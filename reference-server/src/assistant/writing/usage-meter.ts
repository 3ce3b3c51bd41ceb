import { sql } from 'kysely'
import type { UsageOutcome } from '../../database/assistant-tables.js'
import type { Database } from '../../database/index.js'
import type { TokenUsage } from '../provider/answer-provider.js'
import { costOf, type ModelPrices, priceOf } from './model-prices.js'
import { loadModelSwitch } from './model-switch.js'
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

/** Tokens that were put aside for one answer, or why none were: nothing is asked then. */
export type Reservation =
  | { kind: 'reserved'; settle(end: UsageEnd): Promise<void> }
  /** `budget_spent`: that of the conversation or of the day; `switched_off`: the organization wants nothing sent to a model. */
  | { kind: 'refused'; because: 'budget_spent' | 'switched_off' }

/** Counts what models cost, and says when it is enough. */
export interface UsageMeter {
  reserve(wish: UsageWish): Promise<Reservation>
}

/** A meter in the database, which all nodes share. */
export function createUsageMeter({
  database,
  clock,
  generateId,
  budgets,
  prices = {},
}: {
  database: Database
  clock: () => Date
  generateId: () => string
  budgets: UsageBudgets
  prices?: ModelPrices | undefined
}): UsageMeter {
  return {
    async reserve({ organizationId, conversationId, provider, model, promptTokens, completionTokens, shareOfDay = 1 }) {
      const [id, now] = [generateId(), clock()]
      const day = now.toISOString().slice(0, 10)
      const wanted = promptTokens + completionTokens
      const price = priceOf(prices, model)
      const most = costOf(price, { promptTokens, completionTokens })
      const refused = await database.transaction(organizationId, async (transaction) => {
        if (!(await loadModelSwitch(transaction, organizationId))) return 'switched_off'
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
        const isSpent =
          onDay + wanted > shareOfDay * budgets.perDay ||
          (conversationId !== null && inConversation + wanted > budgets.perConversation)
        if (isSpent) return 'budget_spent'
        await transaction
          .insertInto('assistant_usage')
          .values({
            ...{ organization_id: organizationId, day, id, conversation_id: conversationId, provider, model },
            ...{ prompt_tokens: promptTokens, completion_tokens: completionTokens, estimated: true },
            ...{ cost_micro: most?.micro ?? null, currency: most?.currency ?? null },
            ...{ outcome: 'reserved', begun_at: now },
          })
          .execute()
        return null
      })
      if (refused) return { kind: 'refused', because: refused }
      return {
        kind: 'reserved',
        async settle({ outcome, code, usage, firstTokenMs, latencyMs }) {
          const used = usage ?? { promptTokens: 0, completionTokens: 0, estimated: false }
          await database
            .of(organizationId)
            .updateTable('assistant_usage')
            .set({
              ...{ outcome, code, first_token_ms: firstTokenMs, latency_ms: latencyMs },
              ...{ prompt_tokens: used.promptTokens, completion_tokens: used.completionTokens },
              ...{ estimated: used.estimated, cost_micro: costOf(price, used)?.micro ?? null },
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
