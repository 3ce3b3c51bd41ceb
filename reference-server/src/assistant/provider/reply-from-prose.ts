import { type CheckedReply, checkCitations, type Draft } from '../answering/check-citations.js'
import type { Passage } from '../answering/citation.js'
import { draftFromProse } from '../answering/cite-passages.js'
import { suggestFrom } from '../answering/extract-answer.js'
import type { Finish } from './answer-provider.js'
import { type AllowedLink, reduceMarkup } from './reduce-markup.js'

/** A provider's answer as it may be given. */
export interface ProseReply extends CheckedReply {
  links: AllowedLink[]
}

/**
 * Makes a reply of what a provider has written, which is a draft and nothing more: markup is reduced to text, and only sentences that
 * passages of this turn bear out are let through. `finish`: how it ended; null: it broke off.
 */
export function replyFromProse(prose: string, passages: readonly Passage[], finish: Finish | null): ProseReply {
  if (finish === 'refusal' || finish === 'content_filter')
    return { reply: suggestFrom(passages), kept: [], dropped: [], links: [] }
  const { text, links } = reduceMarkup(prose, passages)
  const draft = draftFromProse(text, passages)
  const isCut = finish !== 'stop' && !ENDED.test(draft.sentences.at(-1)?.text ?? '')
  const checked = checkCitations(isCut ? withoutLast(draft) : draft, passages)
  return { ...checked, links: checked.reply.kind === 'answer' ? links : [] }
}

/** Sentences that hold in prose that is still being written. The mark of a sentence comes behind it, so the last one waits for the next. */
export function keptSoFar(prose: string, passages: readonly Passage[]): string[] {
  const { text } = reduceMarkup(prose, passages)
  return checkCitations(withoutLast(draftFromProse(text, passages)), passages).kept
}

const ENDED = /[.!?।॥。！？]["')”’]?$/u

function withoutLast(draft: Draft): Draft {
  return { ...draft, sentences: draft.sentences.slice(0, -1) }
}
