import { expect, it } from 'vitest'
import { serverUrl } from './server-url.js'

it.each([
  ['/console/', ''],
  ['/console', ''],
  ['/console/index.html', ''],
  ['/', ''],
  ['/chat/console/', '/chat'],
  ['/console/console/', '/console'],
  ['/my-console/console', '/my-console'],
])('finds the mount point of %s', (pathname, base) => {
  expect(serverUrl({ origin: 'https://example.com', pathname })).toBe(`https://example.com${base}`)
})
