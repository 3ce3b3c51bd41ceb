import { expect, it } from 'vitest'
import { actionText, fieldText, valueText } from './audit-text.js'

it.each([
  ['widget.rotateKey', 'Widget key replaced'],
  ['apiToken.create', 'API token made'],
  ['moon.eclipse', 'moon.eclipse'],
])('says %s as %s', (action, words) => {
  expect(actionText(action)).toBe(words)
})

it.each([
  [null, 'nothing'],
  [undefined, 'nothing'],
  ['', 'nothing'],
  [[], 'nothing'],
  ['Hello', '“Hello”'],
  [true, 'yes'],
  [12, '12'],
  [['https://a.example', 'https://b.example'], 'https://a.example, https://b.example'],
  [{ fields: [] }, null],
  [[{ id: 'r1' }], null],
])('says the value %j as %s', (value, words) => {
  expect(valueText(value)).toBe(words)
})

it('says a field in words', () => {
  expect(fieldText('preChatForm')).toBe('Pre chat form')
})
