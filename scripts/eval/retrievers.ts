import { createBm25Retriever } from '../../reference-server/src/assistant/retrieval-js/bm25-retriever.js'
import type { MeasuredRetriever } from './measured-retriever.js'
import { sqlRetriever } from './sql-retriever.js'

/** The retrievers by their names, for `--retriever`: the server's, and one in memory that it is compared with. */
export const RETRIEVERS: Record<string, MeasuredRetriever> = {
  sql: sqlRetriever,
  js: { open: async (documents) => ({ retriever: createBm25Retriever(documents), close: async () => {} }) },
}
