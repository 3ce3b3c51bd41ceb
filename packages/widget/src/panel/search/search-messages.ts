import type { MessageView, TimelineEntry } from '@chatdesk/core'
import { readBlocks, wordsOf } from '@chatdesk/core/rich-text'
import { findWords, type Stretch } from './find-words.js'

/** A message in which words were found. */
export interface Found {
  message: MessageView
  stretches: readonly Stretch[]
}

const said = new WeakMap<MessageView['parts'], string>()

/** All that a message says, as it is read: the team's marks are seen and not read. */
function wordsIn({ own, parts }: MessageView): string {
  const known = said.get(parts)
  if (known !== undefined) return known
  const texts = parts.flatMap((part) => [
    ...(part.type === 'card' ? [part.title] : []),
    own ? part.text : wordsOf(readBlocks(part.text)),
  ])
  const words = texts.join('\n')
  said.set(parts, words)
  return words
}

/** The messages of a timeline in which words stand, in its order. */
export function searchMessages(timeline: readonly TimelineEntry[], words: string): Found[] {
  return timeline.flatMap((entry) => {
    const stretches = entry.type === 'message' ? findWords(wordsIn(entry), words) : undefined
    return entry.type === 'message' && stretches ? [{ message: entry, stretches }] : []
  })
}
