import type { Database } from '../database/index.js'
import { type KnowledgeHits, searchKnowledge } from './search-knowledge.js'

/** Finds what a widget's entries say to a question. */
export interface KnowledgeRetriever {
  search(request: { query: string; lang?: string; k?: number }): Promise<KnowledgeHits>
}

/** A retriever bound to one widget: whoever holds it can ask no other. */
export function createKnowledgeRetriever(context: {
  database: Database
  organizationId: string
  widgetId: string
}): KnowledgeRetriever {
  const { database, organizationId, widgetId } = context
  return {
    search: ({ query, lang, k }) =>
      database.transaction(organizationId, (transaction) =>
        searchKnowledge(transaction, { organizationId, widgetId, text: query, lang, k }),
      ),
  }
}
