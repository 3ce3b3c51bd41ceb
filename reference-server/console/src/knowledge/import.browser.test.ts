import { expect, it } from 'vitest'
import { batchesOf } from './import-batches.js'
import { formatOf, reasonText, summaryText } from './import-words.js'

const entry = (index: number, answer = 'Yes.') => ({ question: `Question ${index}?`, answer })

it('imports in as few requests as the server takes, in order, each entry once', () => {
  const many = Array.from({ length: 450 }, (_, index) => entry(index))
  const batches = batchesOf(many)
  expect(batches.map(({ length }) => length)).toEqual([200, 200, 50])
  expect(batches.flat()).toEqual(many)
  expect(batchesOf([])).toEqual([])
})

it('leaves no request over 64 KB, in whatever script', () => {
  // Three bytes a character.
  const long = Array.from({ length: 40 }, (_, index) => entry(index, 'क'.repeat(5000)))
  const sizes = batchesOf(long).map((entries) => new TextEncoder().encode(JSON.stringify({ entries })).length)
  expect(sizes).toHaveLength(14)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024)
})

it('says what would come of an import, and why', () => {
  expect(summaryText({ added: 1, changed: 0, skipped: 1200 })).toBe('1 entry to add, 0 to change, 1200 left out')
  const reasons = (['same', 'twice', 'invalid', 'full'] as const).map((reason) =>
    reasonText({ action: 'skip', reason }),
  )
  expect(new Set(reasons).size).toBe(4)
})

it.each([
  ['faq.CSV', 'csv'],
  ['a.b.md', 'markdown'],
  ['page.htm', 'html'],
  ['faq.xlsx', undefined],
  ['faq', undefined],
])('knows what %s is', (name, format) => {
  expect(formatOf(name)).toBe(format)
})
