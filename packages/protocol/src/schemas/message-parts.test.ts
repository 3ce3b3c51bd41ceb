import { describe, expect, it } from 'vitest'
import { LIMITS } from '../limits.js'
import { messagePart, submittedParts } from './message-parts.js'

const choices = [
  { id: 'yes', text: 'Yes, please' },
  { id: 'no', text: 'No' },
]
const card = {
  type: 'card',
  title: 'Private limited',
  text: 'In 12 days.',
  imagePath: '/pictures/office.png?w=640',
  buttons: [
    { text: 'Read more', url: 'https://northwind.example/guide' },
    { id: 'book', text: 'Book a call' },
  ],
}
const refused = (part: object) => !submittedParts.safeParse([part]).success

describe('the parts of a message', () => {
  it.each([
    { type: 'text', text: 'Yes, please', choiceId: 'yes' },
    { type: 'choices', text: 'Shall we?', choices },
    card,
  ])('[X7] are taken and kept: $type', (part) => {
    expect(submittedParts.parse([part])).toEqual([part])
    expect(messagePart.parse(part)).toEqual(part)
  })

  it('[X2] are cleaned in all their texts', () => {
    const part = { ...card, title: ' a\u0000\nb ', buttons: [{ id: 'c', text: 'one\ntwo' }] }
    expect(submittedParts.parse([part])).toMatchObject([{ title: 'a b', buttons: [{ text: 'one two' }] }])
  })

  it.each([
    ['no words', { type: 'choices', text: ' ', choices }],
    ['no choices', { type: 'choices', text: 'Shall we?', choices: [] }],
    ['too many choices', { type: 'choices', text: 'a', choices: Array(LIMITS.choices + 1).fill(choices[0]) }],
    ['too many buttons', { ...card, buttons: Array(LIMITS.cardButtons + 1).fill(choices[0]) }],
    ['a long title', { ...card, title: 'x'.repeat(LIMITS.lineLength + 1) }],
    ['an id that is none', { type: 'text', text: 'a', choiceId: 'a b' }],
    ['an unknown type', { type: 'html', text: 'a' }],
  ])('[X1] are refused with %s', (_, part) => {
    expect(refused(part)).toBe(true)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '/help', 'mailto:a@b.example'])(
    'threat 56: no button leads to %s',
    (url) => expect(refused({ ...card, buttons: [{ text: 'Go', url }] })).toBe(true),
  )

  it.each([
    'https://tracker.example/a.png',
    '//tracker.example/a.png',
    '/\\tracker.example',
    'a.png',
    'data:image/png,x',
  ])('[X8] threat 64: no picture comes from %s', (imagePath) => expect(refused({ ...card, imagePath })).toBe(true))
})
