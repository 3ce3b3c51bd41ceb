import { expect, it } from 'vitest'
import { requireGoodPassword } from './good-password.js'

const check = (password: string) => () =>
  requireGoodPassword(password, { field: 'password', email: 'Noor.Khan@acme.test' })

it.each([
  'PasswordPassword',
  'Password2026!',
  'qwertyuiop[]12',
  'aaaaaaaaaaaa',
  'abababababab',
  '123456789012',
  '098765432109',
  'noor.khan@acme.test',
  'Noor.Khan',
  'Welcome12345',
])('threat 35: refuses %s', (password) => {
  expect(check(password)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'password' }))
})

it.each(['four plain words here', 'Tr0ub4dor&3-horse', 'пароль из слов', '390174650283'])('takes %s', (password) => {
  expect(check(password)).not.toThrow()
})
