import { termsOf } from '../retrieval-js/terms.js'
import type { Citation, Passage, Reply } from './citation.js'
import { isInstructionLike } from './instruction-like.js'
import { sentencesOf } from './sentences.js'

/** BM25's, for a sentence. */
const K1 = 1.2
const B = 0.75
/** A further sentence must be worth this share of the best. */
const WORTH = 0.55
const MOST_SENTENCES = 3
const MOST_LENGTH = 600

/**
 * Answers with the passage's own words: the one to three sentences that are most about the question, in their order, each cited.
 * What no sentence is about is not answered.
 */
export function extractAnswer(question: string, passage: Passage): Reply {
  const asked = new Set(termsOf(question))
  const sentences = sentencesOf(passage.text)
    .filter((sentence) => !isInstructionLike(sentence))
    .map((text, place) => ({ text, place, terms: termsOf(text) }))
  const scored = scoreSentences(asked, sentences).filter(({ score }) => score > 0)
  const best = scored[0]
  if (!best) return { kind: 'nothing' }
  const chosen = scored
    .slice(0, MOST_SENTENCES)
    .filter(({ score, text }) => score >= best.score * WORTH || text === best.text)
    .sort((a, b) => a.place - b.place)
  const kept = chosen.filter((sentence, index) => {
    const before = chosen.slice(0, index).reduce((sum, { text }) => sum + text.length, 0)
    return sentence === best || before + sentence.text.length <= MOST_LENGTH
  })
  const { docId, chunkId, title, url } = passage
  const citations = kept.map(({ text }): Citation => ({ docId, chunkId, title, url, quote: text }))
  return { kind: 'answer', text: kept.map(({ text }) => text).join(' '), citations }
}

/** What is shown in place of an answer: a document once, the best three. Nobody's account is one. */
export function suggestFrom(passages: readonly Passage[]): Reply {
  const documents = passages.filter(({ of }) => of === undefined)
  const articles = new Map(documents.map(({ docId, title, url }) => [docId, { docId, title, url }]))
  return articles.size === 0
    ? { kind: 'nothing' }
    : { kind: 'suggestions', articles: [...articles.values()].slice(0, 3) }
}

interface Sentence {
  text: string
  place: number
  terms: string[]
}

function scoreSentences(asked: ReadonlySet<string>, sentences: readonly Sentence[]) {
  const average = sentences.reduce((sum, { terms }) => sum + terms.length, 0) / Math.max(1, sentences.length) || 1
  const idf = new Map(
    [...asked].map((term) => {
      const holders = sentences.filter(({ terms }) => terms.includes(term)).length
      return [term, Math.log(1 + (sentences.length - holders + 0.5) / (holders + 0.5))]
    }),
  )
  return sentences
    .map((sentence) => {
      const norm = K1 * (1 - B + (B * sentence.terms.length) / average)
      const score = [...asked].reduce((sum, term) => {
        const count = sentence.terms.filter((other) => other === term).length
        return sum + ((idf.get(term) ?? 0) * count * (K1 + 1)) / (count + norm)
      }, 0)
      return { ...sentence, score }
    })
    .sort((a, b) => b.score - a.score || a.place - b.place)
}
