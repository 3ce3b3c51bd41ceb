import { expect, it } from 'vitest'
import { mayStore, type WidgetConsent } from './widget-options.js'

it.each([
  [undefined, true],
  ['on-interaction', true],
  ['granted', true],
  ['required', false],
  // What a page may write that has not read so far.
  [false, false],
  [null, false],
  ['denied', false],
  ['not-granted', false],
])('threat 83: consent %j allows storage: %s', (consent, allowed) => {
  expect(mayStore({ consent: consent as WidgetConsent })).toBe(allowed)
})
