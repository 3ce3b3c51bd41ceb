import { normalise } from '../language/normalise.js'
import type { Citation, Passage, Reply } from './citation.js'
import { claimsAct, posesAsOther } from './claims.js'
import { suggestFrom } from './extract-answer.js'
import { isInstructionLike } from './instruction-like.js'
import { isSupported, isVerbatim } from './is-supported.js'
import { addressesIn, isAddressOf } from './links.js'
import { sentencesOf } from './sentences.js'

/** A quote of fewer characters proves nothing. */
const SHORTEST_QUOTE = 12
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
  /** Sentences that hold, also where too few are left of a draft to answer with. */
  kept: string[]
  /** Sentences that were left out, and why: for the log. */
  dropped: { text: string; reason: DropReason }[]
}

/** `claim`: it says that something was done, or promises it. `pose`: it speaks as somebody else. `link`: it leads somewhere unknown. */
export type DropReason = 'uncited' | 'unsupported' | 'instruction' | 'claim' | 'pose' | 'link'

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
    const reason = reasonAgainst(text, proofs, passages)
    if (reason) dropped.push({ text, reason })
    return reason === null
  })
  const lengthOf = (sentences: readonly DraftSentence[]) => sentences.reduce((sum, { text }) => sum + text.length, 0)
  if (kept.length === 0 || lengthOf(kept) < ENOUGH_LEFT * lengthOf(draft.sentences))
    return { reply: suggestFrom(passages), kept: kept.map(({ text }) => text), dropped }
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
    kept: kept.map(({ text }) => text),
    dropped,
  }
}

/** Why a sentence is left out; null: it holds. */
function reasonAgainst(text: string, proofs: readonly Citation[], passages: readonly Passage[]): DropReason | null {
  if (isInstructionLike(text)) return 'instruction'
  if (posesAsOther(text)) return 'pose'
  if (addressesIn(text).some((address) => !isAddressOf(address, passages))) return 'link'
  if (proofs.length === 0) return 'uncited'
  // What a knowledge base says of refunds may be said in its words; in others it would be a promise of the assistant's own.
  if (claimsAct(text) && !isVerbatim(text, proofs)) return 'claim'
  return isSupported(text, proofs) ? null : 'unsupported'
}

/** A text whose marks `[1]`, `[2]` name its citations, from 1, as a draft; marks are no part of what is said. */
export function draftOf(text: string, citations: readonly Citation[]): Draft {
  const marked = text.replace(
    /([.!?।॥。！？])\s{0,3}((?:\[\d{1,2}\]\s{0,3}){1,9})/g,
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
