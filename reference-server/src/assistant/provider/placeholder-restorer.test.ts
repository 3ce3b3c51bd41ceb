import { describe, expect, it } from 'vitest'
import { createPlaceholderRestorer } from './placeholder-restorer.js'

const VAULT = new Map([
  ['[EMAIL_1]', 'asha@example.in'],
  ['[TAX_ID_12]', 'ABCPE1234F'],
])
const TEXT = 'Mail [EMAIL_1], PAN [TAX_ID_12]; [EMAIL_9] [1] [ [[EMAIL_1]] [EMAIL'
const WHOLE = 'Mail asha@example.in, PAN ABCPE1234F; [EMAIL_9] [1] [ [asha@example.in] [EMAIL'

describe('a restorer', () => {
  it('puts back what was replaced, wherever the stream is cut', () => {
    for (let size = 1; size <= TEXT.length; size++) {
      const restorer = createPlaceholderRestorer(VAULT)
      let said = ''
      for (let from = 0; from < TEXT.length; from += size) said += restorer.push(TEXT.slice(from, from + size))
      expect(said + restorer.end()).toBe(WHOLE)
    }
  })
  it('keeps back no more than may become a placeholder', () => {
    const restorer = createPlaceholderRestorer(VAULT)
    expect(restorer.push('It costs [EMAIL')).toBe('It costs ')
    expect(restorer.push(' no')).toBe('[EMAIL no')
    expect(restorer.push(`[${'A'.repeat(40)}`)).toBe(`[${'A'.repeat(40)}`)
    expect(restorer.end()).toBe('')
  })
})
