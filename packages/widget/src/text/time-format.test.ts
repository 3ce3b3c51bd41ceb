import { describe, expect, it } from 'vitest'
import { formatCount, formatText } from './format-text.js'
import { createTimeFormat } from './time-format.js'

describe('createTimeFormat', () => {
  const words = { today: 'Today', yesterday: 'Yesterday' }
  const now = new Date(2026, 2, 30, 0, 30).getTime()
  const format = createTimeFormat('en-GB', words, () => now)

  it('names days from the reader’s own midnight', () => {
    expect(format.day(new Date(2026, 2, 30, 0, 1))).toBe('Today')
    // A day with a change of the clock, in much of Europe.
    expect(format.day(new Date(2026, 2, 29, 23, 59))).toBe('Yesterday')
    expect(format.day(new Date(2026, 2, 28, 12))).toMatch(/^Saturday,? 28 March 2026$/)
    expect(format.day(new Date(2025, 11, 31))).toMatch(/^Wednesday,? 31 December 2025$/)
  })

  it('writes times as the reader’s own English does', () => {
    const moment = new Date(2026, 2, 30, 14, 5).toISOString()
    expect(format.short(moment)).toBe('14:05')
    expect(createTimeFormat('en-US', words, () => now).short(moment)).toMatch(/^2:05\sPM$/)
  })
})

describe('formatText', () => {
  it('puts values in, and nothing but own ones', () => {
    expect(formatText('{count} of {name}, {toString}', { count: 2, name: '{count}' })).toBe('2 of {count}, {toString}')
  })
})

describe('formatCount', () => {
  const texts = {
    zero: 'none',
    one: 'one',
    two: 'two',
    few: 'few {count}',
    many: 'many {count}',
    other: 'other {count}',
  }

  it('takes the form and the figures of the language', () => {
    expect([0, 1, 2, 3, 11, 100].map((count) => formatCount(texts, count, 'ar-EG'))).toEqual([
      'none',
      'one',
      'two',
      'few ٣',
      'many ١١',
      'other ١٠٠',
    ])
    expect(formatCount(texts, 1234, 'de')).toBe('other 1.234')
  })

  it('takes `other` where a form is missing', () => {
    expect(formatCount({ other: '{count} new' }, 1, 'en')).toBe('1 new')
  })
})
