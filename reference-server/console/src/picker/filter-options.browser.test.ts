import { expect, it } from 'vitest'
import { filterOptions } from './filter-options.js'

const option = (label: string, more: { keywords?: string; group?: string } = {}) => ({
  id: label,
  label,
  run() {},
  ...more,
})
const OPTIONS = [
  option('Back to the queue', { keywords: 'release' }),
  option('Assign to me', { keywords: 'take' }),
  option('Reassign'),
  option('Widgets', { group: 'Go to' }),
]
const found = (query: string) => filterOptions(OPTIONS, query).map(({ label }) => label)

it('gives all, as they stand, while nothing is typed', () => {
  expect(found('  ')).toEqual(OPTIONS.map(({ label }) => label))
})

it('puts what begins so first, and finds by other words as well', () => {
  expect(found('ass')).toEqual(['Assign to me', 'Reassign'])
  expect(found('QUEUE')).toEqual(['Back to the queue'])
  expect(found('rel')).toEqual(['Back to the queue'])
  expect(found('go to')).toEqual(['Widgets'])
  expect(found('me assign')).toEqual(['Assign to me'])
  expect(found('nothing')).toEqual([])
})
