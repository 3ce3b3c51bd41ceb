import type { Retriever, SourceDocument } from '../../reference-server/src/assistant/retrieval-js/retriever.js'

/** What the evaluation measures retrievers by: documents go in, a retriever comes out, and is closed. */
export interface MeasuredRetriever {
  open(documents: readonly SourceDocument[]): Promise<{ retriever: Retriever; close(): Promise<void> }>
}
