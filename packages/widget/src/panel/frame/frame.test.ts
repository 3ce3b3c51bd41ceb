import { describe, expect, it } from 'vitest'
import { initialsOf } from './author-look.js'

describe('initialsOf', () => {
  it.each([
    ['Asha', 'A'],
    ['asha rao', 'AR'],
    ['  Asha  Kumari   Rao ', 'AR'],
    ['😀 Smith', '😀S'],
    ['आशा राव', 'आर'],
    ['', ''],
  ])('%j gives %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})
