import type { MessagePart } from '@chatdesk/protocol'
import { cutText } from '../../platform/cut-text.js'
import type { Passage } from '../answering/citation.js'
import { suggestFrom } from '../answering/extract-answer.js'
import { publicAddress } from '../answering/links.js'
import { wordsOfAnswer } from '../answering/words-of-answer.js'
import type { Classification } from '../classification/classify.js'
import type { Contact } from '../contact/find-contact.js'
import type { Action, Promised } from '../policies/decision.js'
import type { Hit } from '../retrieval-js/retriever.js'
import type { Source } from '../writing/answer-writer.js'
import type { Offered, Phrases } from './phrases.js'

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
  /** What was left in the message. */
  contact: Contact | null
}

/** Whether what is done says the answer. */
export function saysAnswer(action: Action, { answer }: Said): boolean {
  if (answer === null) return false
  return (
    action.kind === 'answer' ||
    ((action.kind === 'lead_form' || action.kind === 'acknowledge') && action.first === 'answer')
  )
}

/**
 * What is said, whatever is done: messages one behind the other, since the buttons of one stand below all its words. None: what
 * the hand-off says is enough.
 */
export function messagesOf(action: Action, said: Said): MessagePart[][] {
  const parts = partsOf(action, said)
  if (action.kind !== 'lead_form') return parts.length === 0 ? [] : [parts]
  const asks: MessagePart = { type: 'text', text: said.phrases.lead }
  return parts.some(({ type }) => type === 'choices') ? [parts, [asks]] : [[...parts, asks]]
}

/** Whether nothing but a person is offered, by a question: whoever says yes to it wants one. */
export function isPersonOffered(parts: readonly MessagePart[]): boolean {
  const last = parts.at(-1)
  const { choices } = (last ?? {}) as { choices?: readonly { id: string }[] }
  return last?.type === 'choices' && last.text.endsWith('?') && choices?.length === 1 && choices[0]?.id === PERSON
}

/** The choice of a person. */
const PERSON = 'person'

function partsOf(action: Action, said: Said): MessagePart[] {
  const { phrases } = said
  const text = (words: string): MessagePart => ({ type: 'text', text: words })
  const offer = (words: string): MessagePart => ({
    type: 'choices',
    text: words,
    choices: [{ id: PERSON, text: phrases.talkToPerson }],
  })
  const offerIn = (words: Offered, { offer: of }: { offer: keyof Offered }) => offer(words[of])
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
      if (action.again) return [offerIn(phrases.notKnownAgain, action)]
      return [action.offer === 'person' ? offer(phrases.notKnown.person) : text(phrases.notKnown.form)]
    case 'not_helpful':
      return [offerIn(phrases.notHelpful, action)]
    case 'acknowledge':
      return [...(action.first === 'answer' ? answerParts(said) : []), offer(phrases.anger)]
    case 'contact':
      return [text(contactWords(action, said))]
    case 'lead_form':
      return action.first === 'answer' ? answerParts(said) : action.first === 'suggestions' ? suggestionParts(said) : []
    case 'answer':
      if (said.answer !== null) return answerParts(said)
      return [text(smallTalkWords(said))]
    case 'suggest':
      return suggestionParts(said)
  }
}

function smallTalkWords({ phrases, classification: { intents } }: Said): string {
  if (intents.some(({ id }) => id === 'thanks')) return phrases.thanks
  return intents.some(({ id }) => id === 'greeting') ? phrases.greeting : phrases.acknowledged
}

/** Confirms what was left, in one sentence. */
function contactWords({ promised }: { promised: Promised | null }, { phrases, contact }: Said): string {
  const to = addressOf(contact)
  if (promised === 'team') return phrases.contact.team(to, null)
  return promised === 'lead' ? phrases.contact.lead(to) : phrases.contact.noted(to)
}

/** As it is said: the address, or else the number. */
export function addressOf(contact: Contact | null): string {
  return contact?.email ?? contact?.phone ?? ''
}

/** The answer, and which documents it is from. One that broke off says so, and offers somebody who goes on. */
function answerParts({ phrases, answer }: Said): MessagePart[] {
  if (answer === null) return []
  const { text, sources, isCut } = answer
  const titles = sources.map((source) => (source.of === 'account' ? phrases.account : linkedTitle(source))).join(', ')
  const said: MessagePart = { type: 'text', text: `${plain(wordsOfAnswer(text))}\n\n_${phrases.source(titles)}_` }
  if (!isCut) return [said]
  const choices = [{ id: PERSON, text: phrases.talkToPerson }]
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
        ...articles.map(({ title }, index) => ({ id: `article-${index + 1}`, text: cutText(title, LONGEST_CHOICE) })),
        { id: PERSON, text: phrases.talkToPerson },
      ],
    },
  ]
}

/** Leads to where the document stands, if that can be said with marks: those within a link's words are no marks. */
function linkedTitle({ title, url }: Source): string {
  const address = url === null || /[[\]\n]/.test(title) ? null : publicAddress(url)
  return address === null ? plain(title) : `[${title}](${address.replaceAll('(', '%28').replaceAll(')', '%29')})`
}

/** X5: what stands in a document is said as it stands, and no sign of it is taken for a mark. */
function plain(text: string): string {
  return text.replace(/[\\`*_~[\]>#]/g, '\\$&')
}
