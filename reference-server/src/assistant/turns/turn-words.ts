import type { MessagePart } from '@chatdesk/protocol'
import type { Passage } from '../answering/citation.js'
import { suggestFrom } from '../answering/extract-answer.js'
import type { Classification } from '../classification/classify.js'
import type { Action } from '../policies/decision.js'
import type { Hit } from '../retrieval-js/retriever.js'
import type { Source } from '../writing/answer-writer.js'
import type { Phrases } from './phrases.js'

/** Of a choice, in characters. */
const LONGEST_CHOICE = 200

/** An answer, and the documents that it rests on, the first first. `isCut`: it broke off. */
export interface Answer {
  text: string
  sources: readonly Source[]
  isCut: boolean
}

/** What words are made of. */
export interface Said {
  phrases: Phrases
  classification: Classification
  hits: readonly Hit[]
  /** The answer that was found or written, if it is one that may be given. */
  answer: Answer | null
}

/** Whether what is done says the answer. */
export function saysAnswer(action: Action, { answer }: Said): boolean {
  return answer !== null && (action.kind === 'answer' || (action.kind === 'lead_form' && action.first === 'answer'))
}

/** What is said, whatever is done; empty: what the hand-off says is enough. */
export function partsOf(action: Action, said: Said): MessagePart[] {
  const { phrases, classification } = said
  const text = (words: string): MessagePart => ({ type: 'text', text: words })
  const offer = (words: string): MessagePart => ({
    type: 'choices',
    text: words,
    choices: [{ id: 'person', text: phrases.talkToPerson }],
  })
  switch (action.kind) {
    case 'hand_off':
    case 'look_up':
      return []
    case 'safety':
      return [text(phrases.safety)]
    case 'refuse':
      return [offer(phrases.refused[action.refusal])]
    case 'payment_status':
      return [offer(phrases.payment)]
    case 'not_known':
      return [action.offer === 'person' ? offer(phrases.notKnown.person) : text(phrases.notKnown.form)]
    case 'lead_form':
      return [
        ...(action.first === 'answer'
          ? answerParts(said)
          : action.first === 'suggestions'
            ? suggestionParts(said)
            : []),
        text(phrases.lead),
      ]
    case 'answer':
      if (said.answer !== null) return answerParts(said)
      return [text(classification.intents.some(({ id }) => id === 'thanks') ? phrases.thanks : phrases.greeting)]
    case 'suggest':
      return suggestionParts(said)
  }
}

/** The answer, and which documents it is from. One that broke off says so, and offers somebody who goes on. */
function answerParts({ phrases, answer }: Said): MessagePart[] {
  if (answer === null) return []
  const { text, sources, isCut } = answer
  const titles = sources.map(({ title }) => title).join(', ')
  const said: MessagePart = { type: 'text', text: `${plain(text)}\n\n_${plain(phrases.source(titles))}_` }
  if (!isCut) return [said]
  const choices = [{ id: 'person', text: phrases.talkToPerson }]
  return [said, { type: 'choices', text: phrases.cutOff, choices }]
}

/** Titles to choose from: pressing one asks for it. A passage is never shown as an answer here. */
function suggestionParts({ phrases, hits }: Said): MessagePart[] {
  const reply = suggestFrom(hits satisfies readonly Passage[])
  const articles = reply.kind === 'suggestions' ? reply.articles : []
  return [
    {
      type: 'choices',
      text: phrases.suggestions,
      choices: [
        ...articles.map(({ title }, index) => ({ id: `article-${index + 1}`, text: title.slice(0, LONGEST_CHOICE) })),
        { id: 'person', text: phrases.talkToPerson },
      ],
    },
  ]
}

/** X5: what stands in a document is said as it stands, and no sign of it is taken for a mark. */
function plain(text: string): string {
  return text.replace(/[\\`*_~[\]>#]/g, '\\$&')
}
