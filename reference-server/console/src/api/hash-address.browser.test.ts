import { expect, it } from 'vitest'
import { hashAddress } from './hash-address.js'

it.each([
  ['/console/invite', '#in_abc', '/console/#/invite/in_abc'],
  ['/chat/console/reset', '#re_abc', '/chat/console/#/reset/re_abc'],
  ['/console/setup', '', '/console/#/setup'],
  ['/console/forgot/', '', '/console/#/forgot'],
])('reads %s%s as a page of the console', (pathname, hash, address) => {
  expect(hashAddress({ pathname, hash })).toBe(address)
})

it.each(['/console/', '/console', '/console/index.html', '/'])('leaves %s alone', (pathname) => {
  expect(hashAddress({ pathname, hash: '#/widgets' })).toBeNull()
})
