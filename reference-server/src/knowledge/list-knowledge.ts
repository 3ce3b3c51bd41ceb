import type { ListKnowledgeQuery, ListKnowledgeResponse } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import { requireWidget } from '../widgets/index.js'
import { entries, entryOf } from './knowledge.js'
import type { KnowledgeScope } from './knowledge-scope.js'

/** What an entry has to be, by its state. */
const STATES = {
  published: sql<boolean>`e.published and e.enabled`,
  draft: sql<boolean>`(not e.published or e.draft is not null)`,
  disabled: sql<boolean>`not e.enabled`,
}

/** A page of a widget's entries, oldest first; throws `NOT_FOUND` for a widget of somebody else. */
export async function listKnowledge(
  query: Kysely<Tables>,
  input: KnowledgeScope & Omit<ListKnowledgeQuery, 'limit'> & { limit: number },
): Promise<ListKnowledgeResponse> {
  const { organizationId, widgetId, limit, cursor, category, language, state } = input
  await requireWidget(query, input)
  const words = input.q?.trim() ?? ''
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await entries(query, organizationId)
    .where('e.widget_id', '=', widgetId)
    .$if(cursor !== undefined, (rest) => rest.where('e.id', '>', cursor ?? ''))
    .$if(category !== undefined, (rest) => rest.where('e.category', '=', category ?? ''))
    .$if(language !== undefined, (rest) => rest.where('e.language', '=', language ?? ''))
    .$if(state !== undefined, (rest) => rest.where(STATES[state ?? 'published']))
    .$if(words !== '', (rest) =>
      rest.where(
        sql<boolean>`(e.question ilike ${like} or e.answer ilike ${like} or array_to_string(e.phrasings, ' ') ilike ${like} or array_to_string(e.keywords, ' ') ilike ${like})`,
      ),
    )
    .orderBy('e.id')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit).map(entryOf)
  const kinds = await query
    .selectFrom('knowledge_entries')
    .select(['category', 'language'])
    .distinct()
    .where('organization_id', '=', organizationId)
    .where('widget_id', '=', widgetId)
    .execute()
  return {
    ...{ entries: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null },
    categories: sorted(kinds.map(({ category }) => category).filter((name) => name !== '')),
    languages: sorted(kinds.map(({ language }) => language)),
  }
}

const sorted = (names: string[]) => [...new Set(names)].sort((one, other) => one.localeCompare(other))
