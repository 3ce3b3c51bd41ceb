import { normalise } from '../language/normalise.js'
import { itemSaid } from './account-items.js'
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
 * downgraded to suggestions. A sentence rests on entries, or else on an item of the account (B18), and never on both.
 */
export function checkCitations(draft: Draft, passages: readonly Passage[]): CheckedReply {
  const dropped: CheckedReply['dropped'] = []
  const kept = draft.sentences.flatMap(({ text, cites }) => {
    const proofs = cites
      .flatMap((index) => draft.citations[index] ?? [])
      .filter((citation) => passageOf(citation, passages) !== undefined)
    const judged = judge(text, proofs, passages)
    if (Array.isArray(judged)) return [{ text, proofs: judged }]
    dropped.push({ text, reason: judged })
    return []
  })
  const texts = kept.map(({ text }) => text)
  const lengthOf = (sentences: readonly { text: string }[]) => sentences.reduce((sum, { text }) => sum + text.length, 0)
  if (kept.length === 0 || lengthOf(kept) < ENOUGH_LEFT * lengthOf(draft.sentences))
    return { reply: suggestFrom(passages), kept: texts, dropped }
  const citations = [...new Set(kept.flatMap(({ proofs }) => proofs))]
  return {
    reply: {
      kind: 'answer',
      text: texts.join(' '),
      citations: citations.map((citation) => asRetrieved(citation, passages)),
    },
    kept: texts,
    dropped,
  }
}

/** What a sentence rests on, or why it is left out. */
function judge(text: string, proofs: readonly Citation[], passages: readonly Passage[]): Citation[] | DropReason {
  if (isInstructionLike(text)) return 'instruction'
  if (posesAsOther(text)) return 'pose'
  if (addressesIn(text).some((address) => !isAddressOf(address, passages))) return 'link'
  if (proofs.length === 0) return 'uncited'
  const isSigned = (citation: Citation) => passageOf(citation, passages)?.of === 'account'
  const found = proofs.filter((citation) => !isSigned(citation))
  // What a knowledge base says of refunds may be said in its words; in others it would be a promise of the assistant's own. What a site
  // says of an account proves no deed: it is none of the organization's words to its visitors.
  if (claimsAct(text) && !isVerbatim(text, found)) return 'claim'
  if (isSupported(text, found)) return found
  const item = itemSaid(text, proofs.filter(isSigned))
  return item ? [item] : 'unsupported'
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

/** The passage that a citation names, if its quote stands there. */
function passageOf({ docId, chunkId, quote }: Citation, passages: readonly Passage[]): Passage | undefined {
  const said = normalise(quote)
  return passages.find((passage) => {
    if (passage.chunkId !== chunkId || passage.docId !== docId) return false
    const text = normalise(passage.text)
    return said.length < SHORTEST_QUOTE ? text === said : text.includes(said)
  })
}

/** Title and address are those of the passage, whatever the author says. */
function asRetrieved(citation: Citation, passages: readonly Passage[]): Citation {
  const passage = passageOf(citation, passages)
  return passage ? { ...citation, title: passage.title, url: passage.url } : citation
}
