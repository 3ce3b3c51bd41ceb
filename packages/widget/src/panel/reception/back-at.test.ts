import { afterEach, describe, expect, it, vi } from 'vitest'
import { texts as german } from '../../text/de.js'
import { englishTexts } from '../../text/en.js'
import { backAt } from './back-at.js'

afterEach(() => vi.unstubAllEnvs())

/** In the zone of the reader, as their clock on the wall has it. */
function say(zone: string, now: string, at: string, locale = 'en-GB') {
  vi.stubEnv('TZ', zone)
  return backAt(locale === 'de' ? german : englishTexts, locale, new Date(at), new Date(now))
}

describe('W9: when the team is back', () => {
  it.each([
    ['2026-03-27T16:00:00Z', 'Back on Monday at 09:00'],
    ['2026-03-29T12:00:00Z', 'Back tomorrow at 09:00'],
    ['2026-03-29T22:30:00Z', 'Back today at 09:00'],
    ['2026-03-23T07:00:00Z', 'Back on Monday 30 March at 09:00'],
  ])('is said in Berlin at %s, over the day with 23 hours, as %s', (now, words) => {
    expect(say('Europe/Berlin', now, '2026-03-30T07:00:00Z')).toBe(words)
  })

  it('counts days by the calendar also where one has 25 hours', () => {
    expect(say('Europe/Berlin', '2026-10-24T22:30:00Z', '2026-10-26T08:00:00Z')).toBe('Back tomorrow at 09:00')
    expect(say('Europe/Berlin', '2026-10-24T21:30:00Z', '2026-10-26T08:00:00Z')).toBe('Back on Monday at 09:00')
  })

  it('is said by the clock of the reader, in their language', () => {
    expect(say('Asia/Kolkata', '2026-03-27T16:00:00Z', '2026-03-30T07:00:00Z')).toBe('Back on Monday at 12:30')
    expect(say('America/Los_Angeles', '2026-03-27T16:00:00Z', '2026-03-30T06:00:00Z')).toBe('Back on Sunday at 23:00')
    expect(say('Europe/Berlin', '2026-03-27T16:00:00Z', '2026-03-30T07:00:00Z', 'de')).toBe(
      'Wieder da am Montag um 09:00',
    )
  })
})
