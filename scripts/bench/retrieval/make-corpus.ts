import type { TestDocument } from '../../../reference-server/src/knowledge/testing/fill-knowledge.js'

/** Different words of the corpus; how often each is used falls as words' use does. */
const WORDS = 20_000
const SYLLABLES = [
  'ba',
  'co',
  'di',
  'fu',
  'ga',
  'ho',
  'ki',
  'le',
  'mo',
  'nu',
  'pa',
  'qui',
  'ro',
  'se',
  'tu',
  'va',
  'we',
  'xi',
  'yo',
  'za',
]
const GRAMMAR = ['how', 'do', 'i', 'the', 'a', 'is', 'my', 'to', 'for', 'of', 'in', 'what', 'when', 'can', 'with']

/** A corpus, and what is asked of it. */
export interface Corpus {
  documents: TestDocument[]
  /** Lists of questions by what they are like. */
  questions: Record<string, string[]>
}

/**
 * Entries as a knowledge base has them: a question, some other ways to ask it, and an answer of which one in five is long enough for
 * three chunks. The same for each seed.
 */
export function makeCorpus({ entries, asked, seed }: { entries: number; asked: number; seed: number }): Corpus {
  const random = randomOf(seed)
  const whole = (below: number) => Math.floor(random() * below)
  const anyWord = () => wordAt(Math.floor(WORDS * random() ** 4))
  const sentence = (length: number) =>
    Array.from({ length }, () => (random() < 0.4 ? GRAMMAR[whole(GRAMMAR.length)] : anyWord())).join(' ')
  const documents = Array.from({ length: entries }, (_, index) => ({
    id: String(index),
    question: `${sentence(6 + whole(5))}?`,
    phrasings: Array.from({ length: whole(5) }, () => `${sentence(5 + whole(6))}?`),
    answer: sentence(index % 5 === 0 ? 460 : 40 + whole(120)),
    keywords: [anyWord(), anyWord()],
  }))
  const aboutOne = () => documents[whole(documents.length)] as (typeof documents)[number]
  const some = (make: () => string) => Array.from({ length: asked }, make)
  return {
    documents,
    questions: {
      'an entry’s own words': some(() => aboutOne().question),
      'some words of an answer': some(() => aboutOne().answer.split(' ').slice(0, 12).join(' ')),
      'common words': some(() => Array.from({ length: 6 }, () => wordAt(whole(40))).join(' ')),
      'a long message': some(() => sentence(120)),
      'mistyped words': some(() =>
        aboutOne().question.replace(/\p{L}{7,}/gu, (word) => `${word.slice(0, 3)}${word.slice(4)}`),
      ),
      'nothing that is known': some(() => Array.from({ length: 5 }, () => `zzz${whole(1e6)}zy`).join(' ')),
    },
  }
}

/** Words with a low place are short, as those that are used often are. */
function wordAt(place: number): string {
  let word = ''
  for (let rest = place + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length]
  return word
}

/** Numbers from 0 to below 1, the same for each seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
