import { describe, expect, it } from 'vitest'
import { classify, HUMAN_REQUEST_INTENT } from './classify.js'
import { findHumanRequest } from './human-request.js'
import { isNear, isOneSlip } from './near-word.js'
import { isRepeated } from './repeated-question.js'
import { sentimentOf } from './sentiment.js'
import { isAgreement, smallTalkOf, withoutSmallTalk } from './small-talk.js'
import { predictIntents, trainTextModel } from './text-classifier.js'

describe('a slip of the keys', () => {
  it.each([
    ['agemt', 'agent', true],
    ['agnet', 'agent', true],
    ['agents', 'agent', true],
    ['agncy', 'agent', false],
    ['urgent', 'agent', false],
    ['caht', 'chat', false],
  ])('%s for %s: %s', (word, known, near) => expect(isNear(word, known)).toBe(near))
  it('counts two letters that changed places as one', () => {
    expect([isOneSlip('caht', 'chat'), isOneSlip('chta', 'chat'), isOneSlip('tcha', 'chat')]).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('asking for a person (E1)', () => {
  it.each([
    'I want to talk to a human',
    'contacting an agemt',
    'caht with customer caee',
    'talktoagent',
    'Call me',
    'mujhe kisi insaan se baat karni hai',
    'मुझे एजेंट से बात करनी है',
    'Quiero hablar con una persona',
    'are you a bot? get me a real person',
    "I don't want a bot, human please",
  ])('%s', (text) => expect(findHumanRequest(text)).not.toBeNull())
  it.each([
    'are you a human?',
    "I don't want to talk to an agent",
    'no need to call anyone',
    'please call me Jim',
    'how do I become an agent?',
    'transfer money to another person',
    'connect tools like Google Tag Manager',
    'what hours is support available',
    'मेरा रिफंड कब आएगा',
  ])('not: %s', (text) => expect(findHumanRequest(text)).toBeNull())
})

describe('small talk', () => {
  it.each([
    ['hi', 'greeting'],
    ['Good morning team', 'greeting'],
    ['नमस्ते', 'greeting'],
    ['thanks', 'thanks'],
    ['Thank you so much for your quick help!', 'thanks'],
    ['ok great, thanks a lot', 'thanks'],
    ['hello, thank you', 'thanks'],
    ['धन्यवाद', 'thanks'],
    ['ok', 'acknowledgement'],
    ['OK, got it', 'acknowledgement'],
    ['yes', 'acknowledgement'],
    ['no thanks', 'thanks'],
    ['ठीक है', 'acknowledgement'],
    ['that helped', 'acknowledgement'],
    ['👍', 'acknowledgement'],
  ])('%s: %s', (text, kind) => expect(smallTalkOf(text)).toBe(kind))
  it.each([
    'When are you open? thanks',
    'thanks, when are you open?',
    'Thanks. How much is it?',
    'hi, when are you open',
    'help, thanks',
    'thanks for nothing',
    'ok but when',
    'good prices?',
    'is it good',
    'no refund',
    'all',
    '?',
    '',
  ])('not: %s', (text) => expect(smallTalkOf(text)).toBeNull())
  it.each([
    ['When are you open? thanks', 'When are you open?'],
    ['Hi, when are you open', 'when are you open'],
    ['Hello! Thanks. When? Where? ok', 'When? Where?'],
    ['When are you open?', 'When are you open?'],
    ['ok, thanks', 'ok, thanks'],
    ['', ''],
  ])('is left out around what is asked: %s', (text, asked) => expect(withoutSmallTalk(text)).toBe(asked))
  it.each(['yes', 'Yes please', 'ok', 'sure, go ahead', 'haan ji', 'हाँ', 'si'])('agrees: %s', (text) =>
    expect(isAgreement(text)).toBe(true),
  )
  it.each(['no', 'no thanks', 'thanks', 'yes or no?', 'yes, when are you open?', ''])('does not agree: %s', (text) =>
    expect(isAgreement(text)).toBe(false),
  )
})

describe('sentiment', () => {
  it.each([
    ['this is the third time I am asking', 'negative'],
    ['why is my card not working', 'negative'],
    ['bahut bakwas service hai', 'negative'],
    ['बहुत घटिया सर्विस है', 'negative'],
    ['Great, thank you so much!', 'positive'],
    ['never had a problem with it', 'positive'],
    ['How do I change my address?', 'neutral'],
  ])('%s is %s', (text, label) => expect(classify({ text }).sentiment).toMatchObject({ label }))
  it('is unknown, never neutral, in a language that nobody here reads', () => {
    expect(classify({ text: 'Das ist die schlechteste Firma der Welt' }).sentiment).toBe('unknown')
  })
  it('takes what a visitor does for words, in any language', () => {
    const behaviour = { repeated: true, thumbsDown: true, burst: 1 }
    expect(sentimentOf('¿dónde está mi dinero?', 'unknown', behaviour)).toMatchObject({ label: 'negative' })
  })
  it('hears capitals and marks', () => {
    const [calm, loud] = ['where is my order', 'WHERE IS MY ORDER???!!'].map((text) => sentimentOf(text, 'en'))
    expect(calm).toMatchObject({ label: 'neutral' })
    expect(loud).toMatchObject({ label: 'negative' })
  })
})

describe('intents', () => {
  it.each([
    ['How much does GST registration cost?', 'pricing'],
    ['kitne paise lagenge', 'pricing'],
    ['can I book a demo', 'demo'],
    ['I want to register a company', 'buy'],
    ['mujhe call karo', 'callback'],
    ['has my payment gone through?', 'payment_status'],
    ['मेरा पेमेंट हुआ क्या', 'payment_status'],
    ['I was charged twice', 'payment_dispute'],
    ['paisa kat gaya', 'payment_dispute'],
  ])('%s: %s', (text, intent) => expect(classify({ text }).intents.map(({ id }) => id)).toContain(intent))
  it('wins no customer with a price that is disputed (L1)', () => {
    expect(classify({ text: 'How much does it cost?' }).lead).toBeGreaterThanOrEqual(0.6)
    expect(classify({ text: 'You charged me the wrong fees, refund the cost' }).lead).toBeLessThan(0.6)
  })
  it('calls two matters complex', () => {
    expect(classify({ text: 'I want a refund and to cancel my plan' }).complexity).toBe('complex')
    expect(classify({ text: 'I want a refund' }).complexity).toBe('simple')
  })
})

it('knows a question again in much the same words', () => {
  const earlier = ['When will my company be registered?']
  expect(isRepeated('when will my company get registered??', earlier)).toBe(true)
  expect(isRepeated('What documents do I need?', earlier)).toBe(false)
  expect(isRepeated('ok', ['yes', 'ok'])).toBe(false)
})

describe('the classifier', () => {
  const texts = [
    ...['open an account', 'how do I open an account', 'account opening'].map((text) => ({ text, intent: 'open' })),
    ...['close my account', 'closing the account', 'please close it'].map((text) => ({ text, intent: 'close' })),
    ...['Sachbearbeiter', 'einen Sachbearbeiter bitte', 'Sachbearbeiter jetzt'].map((text) => ({
      text,
      intent: HUMAN_REQUEST_INTENT,
    })),
  ]
  it('learns, also for words that it has not seen in this form', () => {
    const model = trainTextModel(texts)
    expect(predictIntents(model, 'acount openning')[0]).toMatchObject({ intent: 'open' })
    expect(predictIntents(model, 'closed accounts')[0]).toMatchObject({ intent: 'close' })
    expect(predictIntents(model, 'x').reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1)
  })
  it('learns the same from the same', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => trainTextModel(texts, { seed }).weights)
    expect(one).toEqual(same)
    expect(one).not.toEqual(other)
  })
  it('adds to the rules what a team has labelled (E1)', () => {
    const model = trainTextModel(texts, { epochs: 100 })
    expect(classify({ text: 'Sachbearbeiters' }).human).toBe(0)
    expect(classify({ text: 'Sachbearbeiters', model }).human).toBeGreaterThan(0.6)
  })
})

it.each(['talk to ', 'a ', 'not ', 'ignore ', 'kisi ko call ', 'बात ', 'how much '])(
  'comes to an end on much of %j',
  (words) => {
    expect(classify({ text: words.repeat(10_000), earlier: [words.repeat(10_000)] }).language).toBeDefined()
  },
)
