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

/** A stream for one answer. */
export function createReplyStream(passages: readonly Passage[]): ReplyStream {
  let prose = ''
  let shown: string[] = []
  return {
    push(text) {
      prose += text
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
