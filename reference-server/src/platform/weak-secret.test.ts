import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { isDefaultPassword, isWeakSecret } from './weak-secret.js'

it.each([
  '',
  'aaaaaaaaaaaaaaaa',
  '1234123412341234',
  'change-me-change-me',
  'your_secret_goes_here',
  'My example of a secret',
])('threat 92: finds that %j can be guessed', (secret) => expect(isWeakSecret(secret)).toBe(true))

it('takes what chance has made, and what people thought of', () => {
  for (let round = 0; round < 1000; round++) expect(isWeakSecret(randomBytes(16).toString('hex'))).toBe(false)
  expect(isWeakSecret('sixteen letters!')).toBe(false)
  expect(['Postgres', 'secret'].map(isDefaultPassword)).toEqual([true, true])
  expect(isDefaultPassword(randomBytes(16).toString('base64url'))).toBe(false)
})
