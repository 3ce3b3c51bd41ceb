import { LIMITS, type SaidPart } from '@chatdesk/protocol'

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** Whether so many answers of such lengths may be offered. */
export function mayOffer(answers: string): boolean {
  const lines = linesOf(answers)
  return lines.length <= LIMITS.choices && lines.every((line) => line.length <= LIMITS.lineLength)
}

/** What is sent of words, if there are any, with an answer to choose from for each line that there is. */
export function withAnswers(text: string, answers: string): readonly SaidPart[] {
  if (!text) return []
  const choices = linesOf(answers).map((line, index) => ({ id: `answer-${index + 1}`, text: line }))
  return [choices.length > 0 ? { type: 'choices', text, choices } : { type: 'text', text }]
}
