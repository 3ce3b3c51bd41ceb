import { expect, it } from 'vitest'
import { excerptOf } from './excerpt.js'

const marked = (text: string, q: string) => {
  const { excerpt, ranges } = excerptOf(text, q)
  return ranges.map(([from, to]) => excerpt.slice(from, to))
}

it('marks whole words, the last one as a beginning, whatever case and marks', () => {
  expect(marked('A Refund, please: refunds of cafés', 'REFUND caf')).toEqual(['Refund', 'cafés'])
  expect(marked('refund refunds', 'refund')).toEqual(['refund', 'refunds'])
  expect(marked('Привет, Мир', 'мир')).toEqual(['Мир'])
  expect(marked('请问如何退款？', '退款')).toEqual(['退', '款'])
  expect(marked('nothing', 'something')).toEqual([])
})

it('shows the words and what stands before them, and cuts no character in two', () => {
  const { excerpt } = excerptOf(`${'word '.repeat(100)}needle ${'😀'.repeat(200)}`, 'needle')
  expect(excerpt).toMatch(/^…(word )+needle 😀/)
  expect(excerpt.length).toBeLessThanOrEqual(162)
  expect(() => encodeURIComponent(excerpt)).not.toThrow()
  expect(excerptOf('short', 'x')).toEqual({ excerpt: 'short', ranges: [] })
})
