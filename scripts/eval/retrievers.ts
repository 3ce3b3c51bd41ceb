import { createBm25Retriever } from '../../reference-server/src/assistant/retrieval-js/bm25-retriever.js'
import type { Retriever, SourceDocument } from '../../reference-server/src/assistant/retrieval-js/retriever.js'

/** What the evaluation measures retrievers by: documents go in, a retriever comes out, and is closed. */
export interface MeasuredRetriever {
  open(documents: readonly SourceDocument[]): Promise<{ retriever: Retriever; close(): Promise<void> }>
}

/**
 * The retrievers by their names, for `--retriever`. One in SQL is added here: `open` creates a throw-away database, imports the documents
 * into one organization of it as the server does, and answers with its search as a `Retriever`; `close` drops the database.
 */
export const RETRIEVERS: Record<string, MeasuredRetriever> = {
  js: { open: async (documents) => ({ retriever: createBm25Retriever(documents), close: async () => {} }) },
}
