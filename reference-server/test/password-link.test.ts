import { createTestDatabase, type TestDatabase } from '@chatdesk/server/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadAudit } from '../src/audit/index.js'
import { resetPassword } from '../src/organizations/password-changes.js'
import { createPasswords } from '../src/organizations/passwords.js'
import { createTenant } from '../src/testing/create-tenant.js'
import { runProgram } from './run-program.js'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase('Postgres')
})
afterAll(() => test.drop())

it('threat 37: `password-link` prints a link that works once, within an hour, and is in the trail as the host’s act', async () => {
  const { organizationId, addMember } = await createTenant(test.database)
  const { memberId, name } = await addMember()
  const run = (email: string) =>
    runProgram({ DATABASE_URL: test.url ?? '', CHATDESK_PUBLIC_URL: 'https://chat.acme.test' }, 'password-link', email)

  const stderr = 'chatdesk: Nobody has this e-mail.\n'
  expect(await run('nobody@acme.test')).toEqual({ code: 1, stdout: '', stderr })

  const now = Date.now()
  const printed = await run(`${memberId.toUpperCase()}@ACME.test`)
  const link = /^https:\/\/chat\.acme\.test\/console\/reset#(pr_[\w-]{43})\n$/
  expect(printed).toEqual({ code: 0, stdout: expect.stringMatching(link), stderr: '' })
  const [row] = await test.database.system.selectFrom('password_resets').select('expires_at').execute()
  expect((row?.expires_at.getTime() ?? 0) - now).toBeGreaterThanOrEqual(3_600_000)
  expect((row?.expires_at.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000)

  const token = link.exec(printed.stdout)?.[1] ?? ''
  const context = {
    ...{ database: test.database, passwords: createPasswords(), clock: () => new Date() },
    ...{ changes: { emit() {}, onChange: () => () => {} }, generateId: () => crypto.randomUUID() },
  }
  const reset = () => resetPassword(context, { token, password: 'four plain words here' })
  await reset()
  await expect(reset()).rejects.toMatchObject({ code: 'NOT_FOUND' })

  const [entry] = await loadAudit(test.database.of(organizationId), { organizationId, limit: 10 })
  expect(entry).toMatchObject({
    actor: null,
    action: 'member.update',
    target: { kind: 'member', id: memberId, name },
    reason: expect.stringContaining('new password'),
  })
}, 60_000)
