import { type Classification, classify } from '../classification/classify.js'
import { intentsOf, isSmallTalk } from '../classification/intents.js'
import { withoutSmallTalk } from '../classification/small-talk.js'
import { type FoundContact, findContact } from '../contact/find-contact.js'
import { detectLanguage } from '../language/detect-language.js'
import type { PolicyContext } from '../policies/decision.js'
import type { LoadedTurn } from './load-turn.js'
import { type Phrases, phrasesIn } from './phrases.js'

/** What a visitor has written, as it is understood before anything is decided. */
export interface ReadTurn {
  /** What is said: without messages of greetings and thanks, and the way to be reached that stands in it. */
  text: string
  /** What is asked and looked up: the same without a greeting before it and thanks behind it. */
  question: string
  classification: Classification
  contact: FoundContact | null
  /** The message is that and nothing else. */
  contactLeft: PolicyContext['contact']
  /** What it is about, for whoever takes over: what was asked before, where nothing is asked now. */
  topic: string
  phrases: Phrases
}

/** Reads it. */
export function readTurn({ texts, earlier, promised, contactAwaited }: LoadedTurn): ReadTurn {
  // A greeting before a question is no part of it, nor are thanks behind it.
  const asked = texts.filter((one) => !isSmallTalk(intentsOf(one)))
  const whole = (asked.length > 0 ? asked : texts).join('\n')
  const contact = findContact(whole, { asked: contactAwaited })
  const text = contact ? contact.rest : whole
  const classification = classify({ text, earlier })
  const last = earlier.at(-1) ?? ''
  // An address has no language; what was said before it has.
  const language = classification.language === 'unknown' && contact ? detectLanguage(last) : classification.language
  return {
    ...{ text, question: withoutSmallTalk(text), classification, contact, phrases: phrasesIn(language) },
    // The team has everything, where its answer was promised: what is asked besides is asked of it.
    contactLeft: contact && (contact.isAlone || promised === 'team') ? { promised } : null,
    topic: contact?.isAlone && last !== '' ? `${last}\n${whole}` : whole,
  }
}
