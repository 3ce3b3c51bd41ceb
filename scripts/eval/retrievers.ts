import { createBm25Retriever } from '../../reference-server/src/assistant/retrieval-js/bm25-retriever.js'
import type { Retriever, SourceDocument } from '../../reference-server/src/assistant/retrieval-js/retriever.js'
import { sqlRetriever } from './sql-retriever.js'

/** What the evaluation measures retrievers by: documents go in, a retriever comes out, and is closed. */
export interface MeasuredRetriever {
  open(documents: readonly SourceDocument[]): Promise<{ retriever: Retriever; close(): Promise<void> }>
}

/** The retrievers by their names, for `--retriever`: the server's, and one in memory that it is compared with. */
export const RETRIEVERS: Record<string, MeasuredRetriever> = {
  sql: sqlRetriever,
  js: { open: async (documents) => ({ retriever: createBm25Retriever(documents), close: async () => {} }) },
}
