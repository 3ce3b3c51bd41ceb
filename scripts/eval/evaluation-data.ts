import type { LabelledText } from '../../reference-server/src/assistant/classification/text-classifier.js'
import type { SourceDocument } from '../../reference-server/src/assistant/retrieval-js/retriever.js'

/** Documents, and questions of which it is known where they are answered. */
export interface KnowledgeSet {
  name: string
  documents: SourceDocument[]
  questions: KnownQuestion[]
}

/** A question with the documents that answer it; without any, nothing answers it. */
export interface KnownQuestion {
  query: string
  documentIds: string[]
}

/** Entries with several phrasings, and questions that belong to one of them. */
export interface FaqSet {
  name: string
  entries: { id: string; phrasings: string[] }[]
  questions: { query: string; id: string }[]
}

/** Labelled texts, in the parts that their file names say. Thresholds are fitted on `train` and `validation` only. */
export interface IntentSet {
  name: string
  train: LabelledText[]
  validation: LabelledText[]
  test: LabelledText[]
}

/** Texts of which it is known whether they ask for a person. */
export interface HumanRequestSet {
  name: string
  asking: string[]
  others: string[]
}

/** Texts with what people thought of their mood, from -4 to 4. */
export interface SentimentSet {
  name: string
  rows: { text: string; score: number }[]
}

/** What somebody tries, and where it stands. */
export interface RedTeamSet {
  name: string
  cases: RedTeamCase[]
}

/** One of them. */
export interface RedTeamCase {
  id: string
  input: string
  /** `retrieved_document`: it stands in a document that is found. */
  place: 'user_prompt' | 'retrieved_document'
  mustNot: string[]
}

/** All that is measured in one run. */
export interface EvaluationData {
  knowledge: KnowledgeSet[]
  faqs: FaqSet[]
  intents: IntentSet[]
  humanRequests: HumanRequestSet[]
  sentiments: SentimentSet[]
  redTeam: RedTeamSet[]
}
