import { expect, it } from 'vitest'
import { judge, sumOf } from './judge.js'

it.each([
  [['a', 'b', 'c'], { lost: 0, duplicated: 0, outOfOrder: 0 }],
  [['a', 'c'], { lost: 1, duplicated: 0, outOfOrder: 0 }],
  [[], { lost: 3, duplicated: 0, outOfOrder: 0 }],
  [['a', 'b', 'a', 'c', 'c'], { lost: 0, duplicated: 2, outOfOrder: 0 }],
  [['a', 'c', 'b'], { lost: 0, duplicated: 0, outOfOrder: 1 }],
  [['c', 'a', 'b'], { lost: 0, duplicated: 0, outOfOrder: 2 }],
  [['a', 'b', 'x', 'c'], { lost: 0, duplicated: 1, outOfOrder: 0 }],
])('of a, b and c there is %j', (found, faults) => {
  expect(judge(['a', 'b', 'c'], found)).toEqual(faults)
})

it('adds up', () => {
  expect(sumOf([judge(['a'], []), judge(['a'], ['a', 'a']), judge(['a', 'b'], ['b', 'a'])])).toEqual({
    lost: 1,
    duplicated: 1,
    outOfOrder: 1,
  })
})
