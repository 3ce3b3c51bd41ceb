import { expect, it } from 'vitest'
import { cutText } from './cut-text.js'

it('cuts no character in two', () => {
  expect(cutText('ab😡', 3)).toBe('ab')
  expect(cutText('ab😡', 4)).toBe('ab😡')
  expect(cutText('abc', 2)).toBe('ab')
  expect(cutText('', 2)).toBe('')
})
