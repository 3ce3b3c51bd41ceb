import { detectLanguage, type Language } from '../language/detect-language.js'
import { extractMarks, type Marks } from '../language/extract-marks.js'
import { type Complexity, complexityOf } from './complexity.js'
import { findHumanRequest, type HumanRequest } from './human-request.js'
import { type Intent, intentsOf, leadProbability } from './intents.js'
import { isRepeated } from './repeated-question.js'
import { type Behaviour, type Sentiment, sentimentOf } from './sentiment.js'
import { isAgreement } from './small-talk.js'
import { predictIntents, type TextModel } from './text-classifier.js'

/** What is known of one message of a visitor before anything is looked up. */
export interface Classification {
  language: Language
  marks: Marks
  /** The rules' intents, the surest first. */
  intents: Intent[]
  sentiment: Sentiment
  /** How probable it is that a person is asked for, 0 to 1: 1 by the rules, else as the organization's model says. */
  human: number
  humanBy: HumanRequest | null
  /** How probable it is that a customer is to be won, 0 to 1. */
  lead: number
  complexity: Complexity
  /** The same question as earlier in this episode. */
  repeated: boolean
  /** Nothing but a *yes*. */
  agrees: boolean
}

/** The intent of a model's training texts by which a visitor asks for a person. */
export const HUMAN_REQUEST_INTENT = 'human_request'

/** Classifies a message without any provider: rules, own word lists and, if there is one, the organization's trained model. */
export function classify(input: {
  text: string
  /** The visitor's earlier messages of this episode. */
  earlier?: readonly string[]
  behaviour?: Partial<Omit<Behaviour, 'repeated'>>
  /** Trained on what the organization's team has labelled. */
  model?: TextModel
}): Classification {
  const { text, earlier = [], behaviour = {}, model } = input
  const language = detectLanguage(text)
  const marks = extractMarks(text)
  const intents = intentsOf(text)
  const repeated = isRepeated(text, earlier)
  const humanBy = findHumanRequest(text)
  const guess = model && predictIntents(model, text).find(({ intent }) => intent === HUMAN_REQUEST_INTENT)
  return {
    ...{ language, marks, intents, repeated, humanBy, agrees: isAgreement(text) },
    sentiment: sentimentOf(text, language, { thumbsDown: false, burst: 1, ...behaviour, repeated }),
    human: humanBy ? 1 : (guess?.p ?? 0),
    lead: leadProbability(text, intents),
    complexity: complexityOf(text, intents),
  }
}
