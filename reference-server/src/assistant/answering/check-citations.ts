import { normalise } from '../language/normalise.js'
import type { Citation, Passage, Reply } from './citation.js'
import { suggestFrom } from './extract-answer.js'
import { isInstructionLike } from './instruction-like.js'
import { sentencesOf } from './sentences.js'

/** A quote of fewer characters proves nothing. */
const SHORTEST_QUOTE = 12
/** Of the longer words of a sentence, so many must stand in what it cites. */
const SUPPORTED = 0.6
/** What is left of an answer must be this share of it, or it says something else. */
const ENOUGH_LEFT = 0.5

/** A sentence of a draft, and which citations it names by their place in the list. */
export interface DraftSentence {
  text: string
  cites: readonly number[]
}

/** What an answer's author has written, before it is believed. */
export interface Draft {
  sentences: readonly DraftSentence[]
  citations: readonly Citation[]
}

/** What has become of a draft. */
export interface CheckedReply {
  reply: Reply
  /** Sentences that were left out, and why: for the log. */
  dropped: { text: string; reason: 'uncited' | 'unsupported' | 'instruction' }[]
}

/**
 * Lets through only what passages of this turn bear out: every citation names one of them, and its quote stands there word for
 * word. Sentences without such a citation, or with words and numbers of their own, are dropped; if too little is left, the reply is
 * downgraded to suggestions.
 */
export function checkCitations(draft: Draft, passages: readonly Passage[]): CheckedReply {
  const dropped: CheckedReply['dropped'] = []
  const kept = draft.sentences.filter(({ text, cites }) => {
    const proofs = cites
      .flatMap((index) => draft.citations[index] ?? [])
      .filter((citation) => holds(citation, passages))
    const reason = isInstructionLike(text)
      ? 'instruction'
      : proofs.length === 0
        ? 'uncited'
        : isSupported(text, proofs)
          ? null
          : 'unsupported'
    if (reason) dropped.push({ text, reason })
    return reason === null
  })
  const lengthOf = (sentences: readonly DraftSentence[]) => sentences.reduce((sum, { text }) => sum + text.length, 0)
  if (kept.length === 0 || lengthOf(kept) < ENOUGH_LEFT * lengthOf(draft.sentences))
    return { reply: suggestFrom(passages), dropped }
  const cited = [...new Set(kept.flatMap(({ cites }) => cites))]
  const citations = cited
    .flatMap((index) => draft.citations[index] ?? [])
    .filter((citation) => holds(citation, passages))
  return {
    reply: {
      kind: 'answer',
      text: kept.map(({ text }) => text).join(' '),
      citations: citations.map((citation) => asRetrieved(citation, passages)),
    },
    dropped,
  }
}

/** A text whose marks `[1]`, `[2]` name its citations, from 1, as a draft; marks are no part of what is said. */
export function draftOf(text: string, citations: readonly Citation[]): Draft {
  const marked = text.replace(
    /([.!?])\s*((?:\[\d{1,2}\]\s*)+)/g,
    (_, end: string, marks: string) => ` ${marks.trim()}${end} `,
  )
  const sentences = sentencesOf(marked)
  return {
    citations,
    sentences: sentences
      .map((sentence) => ({
        text: sentence.replace(/\s*\[\d{1,2}\]/g, '').trim(),
        cites: [...sentence.matchAll(/\[(\d{1,2})\]/g)].map(([, number]) => Number(number) - 1),
      }))
      .filter((sentence) => sentence.text !== ''),
  }
}

function holds({ docId, chunkId, quote }: Citation, passages: readonly Passage[]): boolean {
  const said = normalise(quote)
  if (said.length < SHORTEST_QUOTE)
    return passages.some(
      (passage) => passage.chunkId === chunkId && passage.docId === docId && normalise(passage.text) === said,
    )
  return passages.some(
    (passage) => passage.chunkId === chunkId && passage.docId === docId && normalise(passage.text).includes(said),
  )
}

/** Title and address are those of the passage, whatever the author says. */
function asRetrieved(citation: Citation, passages: readonly Passage[]): Citation {
  const passage = passages.find(({ chunkId, docId }) => chunkId === citation.chunkId && docId === citation.docId)
  return passage ? { ...citation, title: passage.title, url: passage.url } : citation
}

/** Numbers, addresses and most words of a sentence stand in its quotes. */
function isSupported(text: string, proofs: readonly Citation[]): boolean {
  const quoted = normalise(proofs.map(({ quote }) => quote).join(' ')).toLowerCase()
  const said = normalise(text).toLowerCase()
  if (quoted.includes(said)) return true
  const facts = said.match(/\d[\d.,]*\d|\d|https?:\/\/\S+|\S+@\S+/g) ?? []
  const words = said.match(/\p{L}{4,}/gu) ?? []
  const known = new Set(quoted.match(/\p{L}{4,}/gu) ?? [])
  const supported = words.filter((word) => known.has(word)).length
  return facts.every((fact) => quoted.includes(fact)) && supported >= SUPPORTED * words.length
}
