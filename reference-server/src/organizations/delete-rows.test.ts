import { expect, it } from 'vitest'
import { childrenFirst } from './delete-rows.js'

it('puts each table before those that it refers to', () => {
  const references = [
    { child: 'messages', parent: 'conversations' },
    { child: 'conversations', parent: 'widgets' },
    { child: 'widgets', parent: 'organizations' },
    { child: 'widgets', parent: 'widgets' },
  ]
  expect(childrenFirst(['widgets', 'conversations', 'messages', 'notes'], references)).toEqual([
    'messages',
    'notes',
    'conversations',
    'widgets',
  ])
})

it('says so when tables refer to each other in a circle', () => {
  const references = [
    { child: 'a', parent: 'b' },
    { child: 'b', parent: 'a' },
  ]
  expect(() => childrenFirst(['a', 'b', 'c'], references)).toThrow('in a circle: a, b')
})
