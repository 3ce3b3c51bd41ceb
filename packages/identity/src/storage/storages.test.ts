import { createMemoryStorage } from '@chatdesk/core'
import { describe, expect, it } from 'vitest'
import { fakePage } from '../testing/fake-page.js'
import { testKeyValueStorage } from '../testing/test-key-value-storage.js'
import { cookieStorage } from './cookie-storage.js'
import { readFirst, writeFirst } from './visitor-storages.js'
import { webStorage } from './web-storage.js'

let page = fakePage()
const fresh = () => {
  page = fakePage()
  return page
}

testKeyValueStorage('memory', { create: createMemoryStorage })
testKeyValueStorage('cookie', { create: () => cookieStorage(fresh()), reopen: () => cookieStorage(page) })
testKeyValueStorage('web', {
  create: () => {
    fresh()
    return webStorage(() => page.localStorage)
  },
  reopen: () => webStorage(() => page.localStorage),
})
describe('cookieStorage', () => {
  it('sets first-party cookies for the whole site, for 90 days', async () => {
    const plain = fakePage()
    await cookieStorage(plain).set('chatdesk_wk_demo', 'a b')
    expect(plain.setCookies).toEqual(['chatdesk_wk_demo=a%20b;Max-Age=7776000;Path=/;SameSite=Lax'])
    const secure = fakePage({ secure: true })
    await cookieStorage(secure, { domain: 'example.com', maxAgeDays: 1 }).set('k', 'v')
    expect(secure.setCookies).toEqual(['k=v;Max-Age=86400;Path=/;SameSite=Lax;Secure;Domain=example.com'])
  })

  it('rejects when the browser does not keep the cookie', async () => {
    await expect(cookieStorage(fakePage({ deny: ['cookies'] })).set('k', 'v')).rejects.toThrow('cookie not kept')
  })

  it('reads a cookie that it did not write as absent when it cannot', async () => {
    expect(await cookieStorage(fakePage({ cookies: new Map([['k', '%E0%A4']]) })).get('k')).toBeNull()
  })
})

describe('webStorage', () => {
  it('rejects where the browser denies storage', async () => {
    const storage = webStorage(() => fakePage({ deny: ['localStorage'] }).localStorage)
    await expect(storage.get('k')).rejects.toThrow('Denied')
    await expect(storage.set('k', 'v')).rejects.toThrow('Denied')
  })
})

describe('the first storage that works', () => {
  const denied = webStorage(() => fakePage({ deny: ['localStorage'] }).localStorage)

  it('takes the value, and is the one that is read', async () => {
    const [first, second] = [createMemoryStorage(), createMemoryStorage()]
    await writeFirst([denied, first, second], 'k', 'v')
    expect([await first.get('k'), await second.get('k')]).toEqual(['v', null])
    expect(await readFirst([denied, first, second], 'k')).toBe('v')
    expect(await readFirst([second, first], 'k')).toBe('v')
  })

  it('may be none', async () => {
    await writeFirst([denied, denied], 'k', 'v')
    expect(await readFirst([denied], 'k')).toBeNull()
  })
})
