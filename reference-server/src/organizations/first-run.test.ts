import type { CurrentMember } from '@chatdesk/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChangeFeed } from '../messages/index.js'
import { createIdGenerator } from '../platform/ids.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createFirstRun, type FirstRun } from './first-run.js'
import { createPasswords } from './passwords.js'
import { createMembersScene } from './testing/members-scene.js'

const FACTS = {
  ...{ organization: 'Acme', name: 'Noor', email: 'Noor@Acme.test', password: 'four plain words here' },
  ...{ address: '127.0.0.1', userAgent: undefined },
}

describe.each(TEST_DATABASES)('the first run on %s', (kind) => {
  let test: TestDatabase
  let firstRun: FirstRun
  beforeEach(async () => {
    test = await createTestDatabase(kind)
    const clock = () => new Date('2026-01-01T00:00:00.000Z')
    const { database } = test
    const changes = createChangeFeed(() => {})
    firstRun = createFirstRun({
      ...{ database, changes, clock, generateId: createIdGenerator() },
      passwords: createPasswords(),
    })
  })
  afterEach(() => test.drop())
  const wrong = { code: 'VALIDATION_FAILED', field: 'code' }
  const over = { code: 'FORBIDDEN' }

  it('makes the organization and its super admin, once', async () => {
    expect(await firstRun.isOpen()).toBe(false)
    await expect(firstRun.complete({ ...FACTS, code: '' })).rejects.toMatchObject(over)
    const code = (await firstRun.createCode()) ?? ''
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    expect(await firstRun.isOpen()).toBe(true)
    await expect(firstRun.complete({ ...FACTS, code, password: 'passwordpassword' })).rejects.toMatchObject({
      field: 'password',
    })
    const { current } = await firstRun.complete({ ...FACTS, code: ` ${code.toLowerCase().replaceAll('-', '')}` })
    expect(current).toMatchObject({
      member: { email: 'noor@acme.test', name: 'Noor', role: 'super_admin' },
      organization: { name: 'Acme' },
      visiting: null,
    })
    expect(await firstRun.isOpen()).toBe(false)
    expect(await firstRun.createCode()).toBeUndefined()
    await expect(firstRun.complete({ ...FACTS, code, email: 'other@acme.test' })).rejects.toMatchObject(over)
    const entries = await test.database.system.selectFrom('audit_entries').select('content').execute()
    expect(entries.map(({ content }) => content)).toMatchObject([
      { action: 'organization.create', actor: { name: 'Noor' }, target: { name: 'Acme' } },
    ])
    expect(JSON.stringify(entries)).not.toContain(code)
  })

  it('threat 35: ends with the fifth wrong code, though they come at once, and with the next code', async () => {
    const first = (await firstRun.createCode()) ?? ''
    const second = (await firstRun.createCode()) ?? ''
    expect(second).not.toBe(first)
    await expect(firstRun.complete({ ...FACTS, code: first })).rejects.toMatchObject(wrong)
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_one, n) => firstRun.complete({ ...FACTS, code: `AAAA-AAAA-AAA${n}` })),
    )
    const reasons = tries.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : one.status))
    expect(reasons).toEqual([
      ...Array.from({ length: 4 }, () => wrong.code),
      ...Array.from({ length: 6 }, () => over.code),
    ])
    expect(await firstRun.isOpen()).toBe(false)
    await expect(firstRun.complete({ ...FACTS, code: second })).rejects.toMatchObject(over)
  })

  it('lets in one of many who have the code', async () => {
    const code = (await firstRun.createCode()) ?? ''
    const runs = await Promise.allSettled(
      Array.from({ length: 5 }, (_one, n) => firstRun.complete({ ...FACTS, code, email: `n${n}@acme.test` })),
    )
    expect(runs.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await test.database.system.selectFrom('organizations').selectAll().execute()).toHaveLength(1)
  })
})

it('over HTTP: says whether it is open, signs in, and is closed where there are members', async () => {
  const scene = await createMembersScene()
  const { server, call } = scene
  expect(await server.chat.api.firstRunCode()).toBeUndefined()
  expect((await call('GET', '/api/auth/first-run')).body).toEqual({ open: false })
  const body = { organization: 'Acme', name: 'Noor', email: 'noor@acme.test', password: 'four plain words here' }
  const attempt = (more: object = {}) =>
    call<CurrentMember>('POST', '/api/auth/first-run', { body: { ...body, ...more } })
  expect(await attempt({ code: 'x' })).toMatchObject({ status: 403, cookies: [] })
  await server.database.system.deleteFrom('members').execute()
  const code = await server.chat.api.firstRunCode()
  expect((await call('GET', '/api/auth/first-run')).body).toEqual({ open: true })
  for (const more of [{}, { code, role: 'agent' }, { code, password: 'short' }, { code, email: 'none' }])
    expect(await attempt(more)).toMatchObject({ status: 422 })
  expect(
    await call('POST', '/api/auth/first-run', { body: { ...body, code }, headers: { origin: 'https://evil.example' } }),
  ).toMatchObject({ status: 403 })
  const done = await attempt({ code })
  expect(done).toMatchObject({ status: 200, cookies: [expect.stringContaining('HttpOnly')] })
  expect((await call('GET', '/api/auth/first-run')).body).toEqual({ open: false })
  await scene.close()
})
