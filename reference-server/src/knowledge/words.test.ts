import { expect, it } from 'vitest'
import { chunkEntry } from './chunk-entry.js'
import { mayBeMistyped, nearestWord } from './correct-words.js'
import { dictionaryOf } from './dictionaries.js'
import { wordsOf } from './words.js'

it.each<[string, string[], string[]]>([
  ['Crème  brûlée!', ['creme', 'brulee'], []],
  ['Order #A-1023, please', ['order', 'a', '1023', 'please'], ['a-1023']],
  ['write to Asha.Rao@acme.test now', ['write', 'to', 'now'], ['asha.rao@acme.test']],
  ['sign-up', ['sign', 'up'], []],
  ['form -b-9/c--2.4.', ['form', 'b', '9', 'c', '2', '4'], ['b-9/c', '2.4']],
  ['如何取消订阅', ['如何', '何取', '取消', '消订', '订阅'], []],
  ['ยกเลิก ok', ['ยก', 'กเ', 'เล', 'ลิ', 'ิก', 'ok'], []],
  ['re\u200bfund\u00ads', ['refunds'], []],
  ['', [], []],
])('takes %j apart', (text, words, wholes) => {
  expect(wordsOf(text)).toEqual({ words, wholes })
})

it.each(['a'.repeat(200_000), 'a.'.repeat(100_000), 'a@'.repeat(100_000), '1-'.repeat(100_000), '@.'.repeat(100_000)])(
  'threat 49: takes apart what is made to be slow (%#)',
  (text) => expect(wordsOf(text).wholes.every((whole) => whole.length <= 64)).toBe(true),
)

it('keeps a language to its dictionary, and what has none, or is written in Latin letters, to the simple one', () => {
  expect(['en', 'en-IN', 'hi', 'hi-Latn', 'xx', 'zh', 'pt-BR'].map(dictionaryOf)).toEqual([
    ...['english_stem', 'english_stem', 'hindi_stem', 'simple', 'simple', 'simple', 'portuguese_stem'],
  ])
})

it('cuts a long answer into chunks that overlap, each with the title and its heading before it', () => {
  const entry = { question: 'Prices', phrasings: ['How much?'], category: 'Sales', keywords: ['fee'] }
  const answer = ['# Yearly', ...Array.from({ length: 400 }, (_, index) => `w${index}`)].join('\n')
  const chunks = chunkEntry({ ...entry, answer })
  expect(chunks.map(({ place }) => place)).toEqual([0, 1, 2])
  expect(chunks[0]?.words.slice(0, 6)).toEqual(['prices', 'how', 'much', 'fee', 'sales', 'yearly'])
  expect(chunks[1]?.words.slice(0, 2)).toEqual(['prices', 'yearly'])
  const [first, second] = chunks.map(({ text }) => text.split(/\s+/))
  expect(first).toHaveLength(180)
  expect(first?.slice(-40)).toEqual(second?.slice(0, 40))
  expect(chunks.at(-1)?.text).toMatch(/w399$/)
  expect(chunkEntry({ ...entry, answer: '' })).toHaveLength(1)
})

it('finds the word that was meant, by trigrams or by one slip, and leaves alone what is another', () => {
  const known = ['agent', 'verification', 'verify', 'refund', 'refunds', 'payment'].map((word) => ({ word, chunks: 1 }))
  expect(nearestWord('verificaton', known)).toBe('verification')
  expect(nearestWord('agrnt', known)).toBe('agent')
  expect(nearestWord('refudn', known)).toBe('refund')
  expect(nearestWord('paymetn', known)).toBe('payment')
  expect(nearestWord('banana', known)).toBeUndefined()
  expect(nearestWord('xyz', known)).toBeUndefined()
  const [rare, common] = [
    { word: 'paymant', chunks: 1 },
    { word: 'payment', chunks: 9 },
  ]
  expect(nearestWord('paymint', [rare, common])).toBe('payment')
  expect(['abc', 'a-1023', 'word'].map(mayBeMistyped)).toEqual([false, false, true])
})
