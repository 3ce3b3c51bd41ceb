import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { createChangeFeed } from '../messages/index.js'
import type { RateLimit } from '../platform/rate-limit.js'
import { createTenant } from '../testing/create-tenant.js'
import { createTestDatabase } from '../testing/test-database.js'
import { signIn } from './sign-in.js'

it('threat 35: whoever exists or not, a failed sign-in is one comparison and two counts', async () => {
  const test = await createTestDatabase('PGlite')
  const { memberId } = await (await createTenant(test.database)).addMember()
  const done: string[] = []
  const limitOf = (name: string): RateLimit => ({
    consume: async () => void done.push(`count by ${name}`),
    forget: async () => void done.push(`forget by ${name}`),
  })
  const passwords = {
    hash: async () => 'none',
    matches: async () => {
      done.push('compare')
      return false
    },
  }
  const context = {
    ...{ database: test.database, passwords, changes: createChangeFeed(() => {}) },
    ...{ clock: () => new Date(), generateId: randomUUID },
  }
  const limits = { perAddress: limitOf('address'), perAccount: limitOf('account') }
  for (const email of [`${memberId}@acme.test`, 'nobody@acme.test']) {
    done.length = 0
    const attempt = signIn(context, limits, { email, password: 'x', address: '127.0.0.1', userAgent: undefined })
    await expect(attempt).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(done).toEqual(['count by address', 'count by account', 'compare'])
  }
  await test.drop()
})
