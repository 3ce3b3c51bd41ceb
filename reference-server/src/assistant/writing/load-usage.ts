import type { AssistantUsageDay } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'

interface Row extends Omit<AssistantUsageDay, 'cost'> {
  micro: number | null
  currency: string | null
}

/** What models were asked from one day to another, both included, the latest first; what is still reserved counts as it was. */
export async function loadUsage(
  query: Kysely<Tables>,
  { organizationId, from, to }: { organizationId: string; from: string; to: string },
): Promise<AssistantUsageDay[]> {
  const { rows } = await sql<Row>`
    select day, model, currency, count(*)::int as requests, sum(prompt_tokens)::float8 as "promptTokens",
      sum(completion_tokens)::float8 as "completionTokens", sum(cost_micro)::float8 as micro
    from assistant_usage
    where organization_id = ${organizationId}::uuid and day between ${from}::text and ${to}::text
    group by day, model, currency order by day desc, model, currency`.execute(query)
  return rows.map(({ micro, currency, ...row }) => ({
    ...row,
    cost: micro === null || currency === null ? null : { micro, currency },
  }))
}
