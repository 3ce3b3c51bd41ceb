import type { Passage, Reply } from './citation.js'
import { extractAnswer } from './extract-answer.js'
import { isInstructionLike } from './instruction-like.js'
import { sentencesOf } from './sentences.js'

/** So long a passage may be, in characters, that is said whole: it was written as an answer, and says more than any part of it. */
const LONGEST_WHOLE = 600

/** Answers with a passage: a short one as it stands, of a longer one the sentences that are about the question. */
export function answerFrom(question: string, passage: Passage): Reply {
  if (passage.text.length > LONGEST_WHOLE) return extractAnswer(question, passage)
  const sentences = sentencesOf(passage.text)
  const kept = sentences.filter((sentence) => !isInstructionLike(sentence))
  if (kept.length === 0) return { kind: 'nothing' }
  const { docId, chunkId, title, url } = passage
  // Lines and lists stay as they are, unless something had to go.
  const text = kept.length === sentences.length ? passage.text.trim() : kept.join(' ')
  return { kind: 'answer', text, citations: kept.map((quote) => ({ docId, chunkId, title, url, quote })) }
}
