import { describe, expect, it } from 'vitest'
import { sampleWidget } from '../../testing/sample-administration.js'
import { originOf } from './origin-of.js'
import { withMoved } from './section-props.js'
import { sectionOf } from './sections.js'
import { timeZones, todaysName } from './time-zones.js'
import { changesOf, draftOf } from './widget-draft.js'

describe('what is saved', () => {
  const widget = sampleWidget(1)
  const draft = draftOf(widget)

  it('is nothing where nothing differs, though it was typed and taken back', () => {
    expect(changesOf(widget, structuredClone(draft))).toBeNull()
  })

  it('is the fields that differ: what somebody else has changed meanwhile stays', () => {
    const settings = { ...draft.settings, greeting: 'Hello', departmentIds: [] }
    expect(changesOf(widget, { ...draft, settings })).toEqual({ settings: { greeting: 'Hello', departmentIds: [] } })
    expect(changesOf(widget, { ...draft, name: 'Night' })).toEqual({ name: 'Night' })
    expect(changesOf(widget, { ...draft, allowedOrigins: [] })).toEqual({ allowedOrigins: [] })
  })
})

it.each([
  ['example.com', 'https://example.com'],
  ['  HTTPS://Example.COM/ ', 'https://example.com'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['localhost:4555', 'http://localhost:4555'],
  ['127.0.0.1:3000/', 'http://127.0.0.1:3000'],
  ['[::1]', 'http://[::1]'],
  ['https://localhost', 'https://localhost'],
  ['localhost.example', 'https://localhost.example'],
  ['https://*.example.com', 'https://*.example.com'],
  ['*.example.com', 'https://*.example.com'],
  ['bücher.example', 'https://xn--bcher-kva.example'],
])('reads %s as the origin %s', (typed, origin) => {
  expect(originOf(typed)).toBe(origin)
})

it.each([
  '',
  '   ',
  'https://example.com/shop',
  'https://user@example.com',
  'https://example.com?x',
  'ftp://example.com',
  'javascript:alert(1)',
  'https://*.*.example.com',
  'https://exam*ple.com',
  'https://example.com.',
])('reads no origin in “%s”', (typed) => {
  expect(originOf(typed)).toBeNull()
})

it('offers time zones by today’s names, and keeps one that was chosen by an older', () => {
  expect(timeZones('UTC')).toContain('Asia/Kolkata')
  expect(timeZones('UTC')).not.toContain('Asia/Calcutta')
  expect(timeZones('Asia/Calcutta')).toContain('Asia/Calcutta')
  for (const zone of timeZones('UTC')) {
    expect(() => new Intl.DateTimeFormat('en', { timeZone: zone }), zone).not.toThrow()
    expect(todaysName(zone)).toBe(zone)
  }
})

it('moves an entry by a place, and not past an end', () => {
  expect(withMoved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(withMoved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
  expect(withMoved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
})

it.each([
  ['name', 'appearance'],
  ['allowedOrigins.1', 'domains'],
  ['settings.businessHours.week.0.to', 'hours'],
  ['settings.preChatForm.fields.2.label', 'form'],
  ['settings.offlineMessage', 'behaviour'],
])('finds the section of %s in %s', (field, section) => {
  expect(sectionOf(field)).toBe(section)
})
