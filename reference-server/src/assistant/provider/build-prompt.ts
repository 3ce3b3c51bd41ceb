import { charactersIn, estimateTokens } from './answer-limits.js'
import type { AnswerRequest, HistoryLine, TicketLine } from './answer-provider.js'
import { DATA_BEGINS, DATA_ENDS, summaryPrompt, systemPrompt } from './system-prompt.js'

/** What is sent. */
export interface Prompt {
  messages: [{ role: 'system'; content: string }, { role: 'user'; content: string }]
  estimatedTokens: number
  /** So many of the passages were sent, from the first; numbers are their places from 1. */
  passages: number
  /** So many of the earlier lines were sent, from the last. */
  history: number
}

/** The question takes at most this share of what is left for data. */
const QUESTION_SHARE = 0.25
/** And the passages this one of what is left then: what was said before is worth something too. */
const PASSAGES_SHARE = 0.8

/**
 * Writes the prompt. Whatever a visitor, an agent or a knowledge base has said stands as data, in JSON, in the user's role. If there is too
 * much, the oldest lines are dropped first, then the oldest tickets, then the last passages; what is left is cut.
 */
export function buildPrompt({ task, turn, passages, history, tickets = [], persona, limits }: AnswerRequest): Prompt {
  const system = task === 'summary' ? summaryPrompt(persona) : systemPrompt(persona)
  const frame = userMessage({ passages: [], tickets: [], earlier: [], question: '' }).length
  const room = Math.max(0, charactersIn(limits.promptTokens) - system.length - frame)

  const question = cutToFit(turn, Math.floor(room * QUESTION_SHARE))
  let left = room - sizeOf(question)
  const [before, had] = [history.map(asEarlier), tickets.map(asTicket)]
  const wanted = [...before, ...had].reduce((sum, line) => sum + sizeOf(line), 0)
  const forPassages = Math.max(Math.floor(left * PASSAGES_SHARE), left - wanted)

  const numbered: { number: number; title: string; text: string }[] = []
  let spent = 0
  for (const [place, { title, text }] of passages.entries()) {
    const bare = { number: place + 1, title: cutToFit(title, 200), text: '' }
    const space = forPassages - spent - sizeOf(bare)
    if (space < SHORTEST_PASSAGE) break
    const passage = { ...bare, text: cutToFit(text, space) }
    numbered.push(passage)
    spent += sizeOf(passage)
  }
  left -= spent

  const fits = (line: unknown) => {
    left -= sizeOf(line)
    return left >= 0
  }
  const known = firstOf(had, fits)
  const earlier = firstOf(before.reverse(), fits).reverse()

  const user = userMessage({ passages: numbered, ...(known.length > 0 && { tickets: known }), earlier, question })
  return {
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    estimatedTokens: estimateTokens(system.length + user.length),
    passages: numbered.length,
    history: earlier.length,
  }
}

/** Less of a passage says nothing. */
const SHORTEST_PASSAGE = 80

/** Of a ticket's title, in characters. */
const LONGEST_TITLE = 120

function asEarlier({ from, text }: HistoryLine) {
  return { from, text }
}

function asTicket({ number, title, status, opened, solved }: TicketLine) {
  return { number, title: title && cutToFit(title, LONGEST_TITLE), status, opened, solved }
}

/** The first of them, until one does not fit: behind a gap the rest would mislead. */
function firstOf<Item>(items: readonly Item[], fits: (item: Item) => boolean): Item[] {
  const end = items.findIndex((item) => !fits(item))
  return items.slice(0, end < 0 ? items.length : end)
}

function userMessage(data: { passages: unknown[]; tickets?: unknown[]; earlier: unknown[]; question: string }): string {
  return `${DATA_BEGINS}\n${asData(data)}\n${DATA_ENDS}\nAnswer "question" by "passages".`
}

/** JSON without a character that could look like the end of the data, or like a tag of a chat template. */
function asData(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** What a value takes in the data, with a comma. */
function sizeOf(value: unknown): number {
  return asData(value).length + 1
}

/** The longest beginning of a text that takes so many characters as data; no character is cut in two. */
function cutToFit(text: string, characters: number): string {
  if (sizeOf(text) - 3 <= characters) return text
  let size = 0
  let fits = ''
  for (const character of text) {
    size += sizeOf(character) - 3
    if (size > characters) break
    fits += character
  }
  return fits
}
