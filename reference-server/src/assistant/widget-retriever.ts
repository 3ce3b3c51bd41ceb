import type { Database } from '../database/index.js'
import { createKnowledgeRetriever, type HitFeatures } from '../knowledge/index.js'
import { NOTHING_FOUND, type RetrievalFeatures } from './confidence/retrieval-features.js'
import type { Retriever } from './retrieval-js/retriever.js'

/** Of a question that is worded as an entry says that it is asked. */
const CERTAIN = { idfCoverage: 1, titleCoverage: 1, scoreShare: 1, margin: 1 }

/** The search in one widget's knowledge as the assistant asks it: whoever holds it can ask no other widget. */
export function createWidgetRetriever(context: {
  database: Database
  organizationId: string
  widgetId: string
}): Retriever {
  const knowledge = createKnowledgeRetriever(context)
  return {
    async search({ query, lang, k }) {
      const { hits } = await knowledge.search({ query, lang, k })
      const each = hits.map(({ features }) => featuresOf(features))
      return {
        hits: hits.map(({ documentId, features: _, ...hit }) => ({ docId: documentId, ...hit })),
        features: each[0] ?? NOTHING_FOUND,
        each,
      }
    },
  }
}

function featuresOf({ terms, isItsWording, ...shares }: HitFeatures): RetrievalFeatures {
  return { ...NOTHING_FOUND, ...shares, ...(isItsWording ? CERTAIN : {}), logTerms: Math.log1p(terms) }
}
