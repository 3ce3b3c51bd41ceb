import type { PublicEntry } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { groupEntries } from './group-entries.js'

const entry = (question: string, category: string): PublicEntry => ({
  ...{ id: question, question, category, answer: 'a', language: 'en', url: null },
})

it('keeps categories and questions in their order, and those of none at the end', () => {
  const entries = [entry('1', ''), entry('2', 'Fees'), entry('3', 'Visas'), entry('4', 'Fees'), entry('5', '__proto__')]
  const groups = groupEntries(entries).map(({ category, entries }) => [category, entries.map(({ id }) => id)])
  expect(groups).toEqual([
    ['Fees', ['2', '4']],
    ['Visas', ['3']],
    ['__proto__', ['5']],
    ['', ['1']],
  ])
  expect(groupEntries([])).toEqual([])
})
