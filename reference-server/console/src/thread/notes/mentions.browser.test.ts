import { expect, it } from 'vitest'
import { mentionQuery, mentionsIn, splitMentions } from './mentions.js'

const ANN = { id: 'ann', name: 'Ann' }
const ANNA = { id: 'anna', name: 'Anna Lee' }
const PEOPLE = [ANN, ANNA]

it.each([
  ['@', 0, ''],
  ['see @An', 4, 'An'],
  ['(@Anna Le', 1, 'Anna Le'],
])('finds what is typed behind an @ in %j', (text, from, query) => {
  expect(mentionQuery(text, text.length)).toEqual({ from, query })
})

it.each(['', 'a@b', 'mail me at x@y.example', '@Anna said that it', '@Ann  ', '@Ann\nnext'])(
  'finds none in %j',
  (text) => {
    expect(mentionQuery(text, text.length)).toBeNull()
  },
)

it('looks at what stands before the caret', () => {
  expect(mentionQuery('@An later', 3)).toEqual({ from: 0, query: 'An' })
})

it('names the longest that fits, whole names only, each once', () => {
  expect(mentionsIn('@Anna Lee, @ann: and @Ann again. Not @Annabel', PEOPLE)).toEqual(['anna', 'ann'])
  expect(splitMentions('Ask @Ann.', PEOPLE)).toEqual([
    { text: 'Ask ' },
    { text: '@Ann', mention: 'ann' },
    { text: '.' },
  ])
  expect(splitMentions('', PEOPLE)).toEqual([])
})

it('a text is the same when its pieces are put together again', () => {
  for (const text of ['@', '@@Ann', 'x@Ann', '@Ann@Anna Lee', 'no names at all', '@Anna Lee'])
    expect(
      splitMentions(text, PEOPLE)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
})
