import { expect, it } from 'vitest'
import { keyMode } from './key-mode.js'

it('bug 17: the mode of a key is in its name', () => {
  expect(keyMode('rzp_test_simA1')).toBe('test')
  expect(keyMode('rzp_live_A1b2C3')).toBe('live')
})

it.each(['', 'rzp_test_', 'rzp_demo_A1', 'RZP_TEST_A1', ' rzp_test_A1', 'rzp_test_A1 ', 'rzp_test_A-1', 'secret'])(
  'bug 17: %j is of none',
  (keyId) => expect(keyMode(keyId)).toBeUndefined(),
)
