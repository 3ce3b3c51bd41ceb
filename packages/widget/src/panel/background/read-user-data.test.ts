import { expect, it } from 'vitest'
import { readUserData } from './read-user-data.js'

it('I5: takes name, e-mail and phone for what they are, and the rest for fields of the site', () => {
  expect(
    readUserData({ name: 'John Doe', email: 'john@example.com', phone: '+91 1', customField1: 'Premium', seats: 3 }),
  ).toEqual({
    name: 'John Doe',
    email: 'john@example.com',
    phone: '+91 1',
    custom: { customField1: 'Premium', seats: 3 },
  })
})

it('leaves out what is no text, figure or switch, so that the rest arrives', () => {
  const given = { name: null, plan: undefined, nested: { a: 1 }, rate: Number.NaN, ok: false } as never
  expect(readUserData(given)).toEqual({ custom: { ok: false } })
  expect(readUserData({})).toEqual({})
})
