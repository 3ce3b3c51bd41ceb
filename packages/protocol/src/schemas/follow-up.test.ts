import { expect, it } from 'vitest'
import { followUp } from './follow-up.js'
import { parseWith } from './parse.js'

const valid = {
  afterMinutes: 10,
  text: 'Are you still there?',
  quietHours: { from: '22:00', to: '07:30', timeZone: 'Asia/Kolkata' },
}

it('[N2] takes a follow-up, and cleans its text as that of any message', () => {
  expect(parseWith(followUp, valid)).toEqual({ ok: true, value: valid })
  expect(parseWith(followUp, { afterMinutes: 1, text: 'a\r\nb' })).toEqual({
    ok: true,
    value: { afterMinutes: 1, text: 'a\nb' },
  })
})

it.each([
  ['afterMinutes', { ...valid, afterMinutes: 0 }],
  ['afterMinutes', { ...valid, afterMinutes: 43_201 }],
  ['text', { ...valid, text: ' \n ' }],
  ['quietHours.from', { ...valid, quietHours: { ...valid.quietHours, from: '24:00' } }],
  ['quietHours.to', { ...valid, quietHours: { ...valid.quietHours, to: '22:00' } }],
  ['quietHours.timeZone', { ...valid, quietHours: { ...valid.quietHours, timeZone: 'Mars/Olympus' } }],
])('[N2] refuses a wrong %s', (field, input) => {
  expect(parseWith(followUp, input)).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED', field } })
})
