import type { Reopening } from '../../widgets/index.js'
import type { Language } from '../language/detect-language.js'
import type { Refusal } from '../policies/refusals.js'

/** What the assistant says in words of its own: everything else it says is somebody's. */
export interface Phrases {
  greeting: string
  thanks: string
  /** Before what may help; it is no answer. */
  suggestions: string
  /** Names the source of an answer. */
  source: (title: string) => string
  notKnown: { person: string; form: string }
  lead: string
  payment: string
  refused: Record<Refusal, string>
  /** Said at once, beside the hand-off. */
  safety: string
  /** `position`: from 1. */
  handOff: (position: number) => string
  /** `back`: when the team is there again, as `reopeningIn` tells it; null: its hours do not say. */
  nobodyThere: (back: string | null) => string
  keptForLater: string
  notFinished: string
  /** Behind what there is of an answer that broke off. */
  cutOff: string
  /** As a button says it. */
  talkToPerson: string
}

const ELSEWHERE = 'I cannot do that here. A colleague can look at it with you.'

const ENGLISH: Phrases = {
  greeting: 'Hello! What would you like to know?',
  thanks: 'You are welcome.',
  suggestions: 'I am not sure that I have the answer. One of these may help:',
  source: (title) => `From: ${title}`,
  notKnown: {
    person: 'I do not know that. Shall I hand you over to a colleague?',
    form: 'I do not know that, and nobody of the team is here right now. Leave your e-mail address, and they will answer you.',
  },
  lead: 'Leave your e-mail address or phone number here, and a colleague gets back to you.',
  payment: 'I cannot see payments from here. A colleague looks it up for you: shall I hand you over?',
  refused: {
    instructions: 'I answer questions about this site, and nothing else.',
    secrets: 'I have no passwords or keys, and could not give you any.',
    others_data: 'I can only speak about what concerns you.',
    side_effect: ELSEWHERE,
    invention: 'I only say what our documents say.',
    promise: 'I cannot promise prices or refunds. A colleague can tell you what is possible.',
    advice: 'That is for somebody who is trained for it. A colleague can tell you whom to ask.',
    consumption: ELSEWHERE,
  },
  safety: 'If you or somebody else is in danger, call the emergency services now: 112. A colleague is told at once.',
  handOff: (position) =>
    position > 1
      ? `I hand you over to a colleague. You are number ${position} in the queue, and they answer here.`
      : 'I hand you over to a colleague. You are next, and they answer here.',
  nobodyThere: (back) =>
    `I hand you over, but nobody of the team is here right now.${back ? ` They are back ${back}.` : ''} They have your message, and answer here or by e-mail if you leave your address.`,
  keptForLater: 'Your message is kept for the team.',
  notFinished: 'I could not finish an answer. Ask again, or ask for a colleague.',
  cutOff: 'I could not finish this answer. Ask again, or talk to a person.',
  talkToPerson: 'Talk to a person',
}

const HINDI: Phrases = {
  ...ENGLISH,
  greeting: 'नमस्ते! आप क्या जानना चाहते हैं?',
  thanks: 'आपका स्वागत है।',
  suggestions: 'मुझे पक्का पता नहीं है। इनमें से कुछ काम आ सकता है:',
  source: (title) => `स्रोत: ${title}`,
  notKnown: {
    person: 'मुझे यह नहीं पता। क्या मैं आपको किसी सहकर्मी से जोड़ूँ?',
    form: 'मुझे यह नहीं पता, और अभी टीम में कोई उपलब्ध नहीं है। अपना ई-मेल पता छोड़ दें, वे आपको जवाब देंगे।',
  },
  handOff: (position) =>
    position > 1
      ? `मैं आपको एक सहकर्मी से जोड़ रहा हूँ। कतार में आपका स्थान ${position} है, और वे यहीं जवाब देंगे।`
      : 'मैं आपको एक सहकर्मी से जोड़ रहा हूँ। अगली बारी आपकी है, और वे यहीं जवाब देंगे।',
  nobodyThere: (back) =>
    `अभी टीम में कोई उपलब्ध नहीं है।${back ? ` वे ${back} वापस होंगे।` : ''} आपका संदेश उनके पास है, वे यहीं जवाब देंगे।`,
  cutOff: 'मैं यह जवाब पूरा नहीं कर सका। फिर से पूछें, या किसी व्यक्ति से बात करें।',
  safety: 'अगर आप या कोई और ख़तरे में है, तो अभी आपातकालीन सेवा को फ़ोन करें: 112। एक सहकर्मी को तुरंत बताया जा रहा है।',
  talkToPerson: 'किसी व्यक्ति से बात करें',
}

const WEEK_MS = 7 * 24 * 3_600_000

/** A moment as it is told: with its weekday, with its date too where that is more than a week ahead, and by whose clock. */
export function reopeningIn(language: Language, { at, timeZone }: Reopening, now: Date): string {
  const locale = language === 'hi' ? 'hi' : 'en-GB'
  const day = at.getTime() - now.getTime() < WEEK_MS ? {} : { day: 'numeric' as const, month: 'long' as const }
  return new Intl.DateTimeFormat(locale, {
    ...{ weekday: 'long', ...day, hour: '2-digit', minute: '2-digit', timeZone, timeZoneName: 'short' },
  }).format(at)
}

/** In the language that the visitor writes; in English where it is not known. */
export function phrasesIn(language: Language): Phrases {
  return language === 'hi' ? HINDI : ENGLISH
}
