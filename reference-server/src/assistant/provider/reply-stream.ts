import type { Passage } from '../answering/citation.js'
import type { Finish } from './answer-provider.js'
import { keptSoFar, type ProseReply, replyFromProse } from './reply-from-prose.js'

/** A reply while it is being written: sentence by sentence, each checked before anybody sees it. */
export interface ReplyStream {
  /** Sentences that may be shown by now. What is shown so is provisional: the reply at the end replaces it. */
  push(text: string): string[]
  /** The reply. `finish`: how the provider ended; null: it broke off. */
  end(finish: Finish | null): ProseReply
}

const ENDS = /[\]\n.!?।॥。！？]/
/** Only where a sentence has ended and another begins can there be something new to show: the check is not cheap enough for every delta. */
const NEXT_BEGUN = /[\]\n.!?।॥。！？][^\p{L}\p{N}]*[\p{L}\p{N}]/u

/** A stream for one answer. */
export function createReplyStream(passages: readonly Passage[]): ReplyStream {
  let prose = ''
  let shown: string[] = []
  let unread = ''
  return {
    push(text) {
      prose += text
      unread += text
      if (!NEXT_BEGUN.test(unread)) return []
      // An end that nothing follows yet is looked at again with what does.
      unread = ENDS.test(unread.trimEnd().slice(-1)) ? unread.trimEnd().slice(-1) : ''
      const kept = keptSoFar(prose, passages)
      // What follows may change how the beginning reads, where markup spans it: then nothing more is shown until the end.
      if (!shown.every((sentence, place) => kept[place] === sentence)) return []
      const fresh = kept.slice(shown.length)
      shown = kept
      return fresh
    },
    end: (finish) => replyFromProse(prose, passages, finish),
  }
}
