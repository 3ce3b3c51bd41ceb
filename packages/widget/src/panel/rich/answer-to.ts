import type { MessageView, TimelineEntry } from '@chatdesk/core'

/**
 * What the visitor has said first after a message: the id of the choice that they pressed, `null` for words of their own,
 * `undefined` while they have said nothing (X9). It follows from the log alone, so every tab and every reload says the same.
 */
export function answerTo(
  timeline: readonly TimelineEntry[],
  { parts }: Pick<MessageView, 'parts'>,
): string | null | undefined {
  const place = timeline.findIndex((entry) => entry.type === 'message' && entry.parts === parts)
  const answer = timeline.find((entry, index) => index > place && entry.type === 'message' && entry.own)
  if (answer?.type !== 'message') return undefined
  const [said] = answer.parts
  return (said?.type === 'text' && said.choiceId) || null
}
