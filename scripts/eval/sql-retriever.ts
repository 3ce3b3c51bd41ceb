import type { SourceDocument } from '../../reference-server/src/assistant/retrieval-js/retriever.js'
import { createWidgetRetriever } from '../../reference-server/src/assistant/widget-retriever.js'
import { createDatabase } from '../../reference-server/src/database/index.js'
import { fillKnowledge, type TestDocument } from '../../reference-server/src/knowledge/testing/fill-knowledge.js'
import { createTenant } from '../../reference-server/src/testing/create-tenant.js'
import type { MeasuredRetriever } from './measured-retriever.js'

/** Of a document without a title each line is a phrasing of the question. */
function entryOf({ id, title, body, url }: SourceDocument): TestDocument {
  const [question = '', ...phrasings] = body.split('\n')
  return title === ''
    ? { id, question, phrasings }
    : { id, question: title, answer: body, ...(url === undefined ? {} : { url }) }
}

/** The server's own search, over a database in memory that has these documents as the entries of one widget. */
export const sqlRetriever: MeasuredRetriever = {
  async open(documents) {
    const database = createDatabase({ memory: true })
    await database.migrate()
    const { organizationId, addVisitor } = await createTenant(database)
    const { widgetId } = await addVisitor()
    await database.of(organizationId).deleteFrom('knowledge_entries').execute()
    const names = await fillKnowledge(database, { organizationId, widgetId }, documents.map(entryOf))
    const retriever = createWidgetRetriever({ database, organizationId, widgetId })
    return {
      retriever: {
        async search(query) {
          const { hits, features } = await retriever.search(query)
          return { hits: hits.map((hit) => ({ ...hit, docId: names.get(hit.docId) ?? hit.docId })), features }
        },
      },
      close: () => database.close(),
    }
  },
}
