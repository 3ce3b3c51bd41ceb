import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createChatServer } from '@chatdesk/server'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Client, Pool, type PoolConfig } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type ThrowAwayPostgres } from '../../../scripts/test-environment/provide-postgres.js'
import { createDatabase } from '../../src/database/index.js'
import { migrateToLatest } from '../../src/database/migrate.js'
import type { Tables } from '../../src/database/tables.js'
import { seedDemo } from '../../src/demo/seed.js'

const ENTRY = fileURLToPath(new URL('../../src/standalone.ts', import.meta.url))
/** Roles are the whole cluster's, and here they are made dangerous: nobody else may use it. */
let postgres: ThrowAwayPostgres
let directory: string
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'chatdesk-'))
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(directory, { recursive: true, force: true })
})

/** Starts the server from its source; answers with its one line, or with what it said once it was up. */
async function boot(variables: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['--conditions=@chatdesk/source', '--import=tsx', ENTRY], {
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent', ...variables },
  })
  const output = { stdout: '', stderr: '' }
  const up = new Promise<void>((resolve) =>
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk
      if (/storage .*\n/.test(output.stdout)) resolve()
    }),
  )
  child.stderr.on('data', (chunk) => (output.stderr += chunk))
  const exited = once(child, 'exit')
  await Promise.race([up, exited])
  if (child.exitCode === null) child.kill('SIGTERM')
  const [code] = await exited
  if (output.stdout) {
    expect([code, output.stderr]).toEqual([0, ''])
    return output.stdout
  }
  expect(code).toBe(1)
  const [line = '', ...more] = output.stderr.trimEnd().split('\n')
  expect(more).toEqual([])
  return line
}

async function administer(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Address of a database of this cluster, for this user. */
function addressOf(name: string, user?: string): string {
  const url = new URL(postgres.url)
  url.pathname = `/${name}`
  if (user) url.username = user
  return url.href
}

/** As `openssl rand` makes one. */
const STRONG = 'Zk3vT9qLw0r7Yb5XcN2mUeH8sJfGdA1P'

describe('threat 92: what is known or not durable does not run in production', () => {
  const given = () => ({ CHATDESK_DATA_DIR: join(directory, 'data') })
  const cases: [string, Record<string, string>, RegExp][] = [
    ['the demo', { NODE_ENV: 'production', CHATDESK_DEMO: '1' }, /^chatdesk: CHATDESK_DEMO: .*NODE_ENV is production$/],
    ['a database in a folder that nobody asked for', { CHATDESK_DATA_DIR: '' }, /^chatdesk: DATABASE_URL: missing/],
    ['plain http', { CHATDESK_PUBLIC_URL: 'http://chat.example.com' }, /^chatdesk: CHATDESK_PUBLIC_URL: must be https/],
    [
      'a secret out of an example',
      { REDIS_HINT_SECRET: 'please-change-me-soon' },
      /^chatdesk: REDIS_HINT_SECRET: can be/,
    ],
    [
      'a secret of its own that is known',
      { CHATDESK_SECRET: 'change-me-change-me-change-me-change-me' },
      /CHATDESK_SECRET: can be/,
    ],
    [
      'a second one that is',
      { CHATDESK_SECRET: `${STRONG},your-secret-key-your-secret-key-here` },
      /^chatdesk: CHATDESK_SECRET: can be(?!.*your-secret)/,
    ],
    ['a secret of its own that is short', { CHATDESK_SECRET: 'q8Z!' }, /^chatdesk: CHATDESK_SECRET: must have 32/],
    [
      'an address of proxies that is all the world',
      { CHATDESK_TRUST_PROXY: '*' },
      /^chatdesk: CHATDESK_TRUST_PROXY: must/,
    ],
    ['the demo for others', { CHATDESK_DEMO: '1', HOST: '0.0.0.0' }, /^chatdesk: HOST: the demo has known passwords/],
    ['a secret that is a pattern', { REDIS_HINT_SECRET: 'abababababababab' }, /^chatdesk: REDIS_HINT_SECRET: can be/],
    [
      'a password that everybody tries',
      { DATABASE_URL: 'postgres://chat:postgres@db.example.com/chat' },
      /^chatdesk: DATABASE_URL: has a password that everybody tries first(?!.*postgres:)/,
    ],
  ]
  it.each(cases)(
    '%s',
    async (_name, variables, line) => {
      expect(await boot({ ...given(), ...variables })).toMatch(line)
    },
    60_000,
  )

  it('and what is neither does', async () => {
    const CHATDESK_PUBLIC_URL = 'https://chat.example.com'
    const variables = { NODE_ENV: 'production', CHATDESK_SECRET: STRONG, CHATDESK_PUBLIC_URL }
    expect(await boot({ ...given(), ...variables })).toContain('ChatDesk runs on https://chat.example.com')
  }, 60_000)

  it('a database of a demo, whose sign-ins are known', async () => {
    await administer(postgres.url, 'create database was_demo')
    const DATABASE_URL = addressOf('was_demo')
    const database = createDatabase({ url: DATABASE_URL })
    const chat = createChatServer({ database, assets: false })
    await chat.migrate()
    expect(await boot({ DATABASE_URL })).toContain('ChatDesk runs on')
    await seedDemo(database, chat.api, { port: 3001, kind: 'bare' })
    expect(await boot({ DATABASE_URL })).toMatch(/^chatdesk: The database holds sign-ins of the demo.*admin@demo\.test/)
    // With passwords of their own they are members like any.
    const { password_hash: hash } = await chat.api
      .createOrganization({ name: 'Own' })
      .then(({ organizationId }) =>
        chat.api.createMember({
          organizationId,
          email: 'own@own.test',
          name: 'Own',
          role: 'agent',
          password: 'our own, and long',
        }),
      )
      .then(({ memberId }) =>
        database.system
          .selectFrom('members')
          .select('password_hash')
          .where('id', '=', memberId)
          .executeTakeFirstOrThrow(),
      )
    await database.system.updateTable('members').set({ password_hash: hash }).execute()
    expect(await boot({ DATABASE_URL })).toContain('ChatDesk runs on')
    await chat.close()
    await database.close()
  }, 120_000)
})

describe('threat 26: a database whose row-level security binds nobody is refused', () => {
  it('says what to run where its user may make no roles, and starts once that was run', async () => {
    await administer(postgres.url, 'drop database if exists was_demo', 'drop role if exists chatdesk_tenant')
    await administer(postgres.url, 'create role renter login', 'create database rented owner renter')
    const DATABASE_URL = addressOf('rented', 'renter')
    const refused = await boot({ DATABASE_URL })
    const [, statements] = /may not make roles; let an administrator of it run: (.*)$/.exec(refused) ?? []
    expect(statements).toBe('create role chatdesk_tenant nologin; grant chatdesk_tenant to renter;')
    await administer(postgres.url, String(statements))
    expect(await boot({ DATABASE_URL })).toContain('ChatDesk runs on')

    await administer(postgres.url, 'revoke chatdesk_tenant from renter')
    expect(await boot({ DATABASE_URL })).toMatch(/^chatdesk: .*its user may not act as the role chatdesk_tenant/)
  }, 120_000)

  const FLAWS: [string, string, string, RegExp][] = [
    ['a superuser', 'alter role chatdesk_tenant superuser', 'alter role chatdesk_tenant nosuperuser', /is a superuser/],
    [
      'one that bypasses it',
      'alter role chatdesk_tenant bypassrls',
      'alter role chatdesk_tenant nobypassrls',
      /bypasses/,
    ],
    [
      'an owner',
      'alter table widgets owner to chatdesk_tenant',
      'alter table widgets owner to postgres',
      /owns widgets;/,
    ],
    [
      'a member of an owner',
      'create role owning; alter table widgets owner to owning; grant owning to chatdesk_tenant',
      'alter table widgets owner to postgres; drop role owning',
      /owns widgets;/,
    ],
    [
      'nobody: it is off',
      'alter table events disable row level security',
      'alter table events enable row level security',
      /does not hold for events;/,
    ],
  ]
  it('whoever it is that a tenant would run as', async () => {
    await administer(postgres.url, 'create database walled')
    const url = addressOf('walled')
    const chat = createChatServer({ database: { url }, assets: false })
    await chat.migrate()
    for (const [name, breaking, mending, reason] of FLAWS) {
      await administer(url, breaking)
      await expect(chat.migrate(), name).rejects.toThrow(reason)
      if (name === 'an owner') expect(await boot({ DATABASE_URL: url })).toMatch(reason)
      await administer(url, mending)
    }
    await chat.migrate()
    await chat.close()
  }, 120_000)

  it('since Postgres 16 whoever makes the role must also be let act as it', async () => {
    const lite = await PGlite.create()
    const pool = new Pool({ ...(createPgConfig(lite) as unknown as PoolConfig), max: 1, idleTimeoutMillis: 0 })
    const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
    for (const statement of [
      'create role maker login createrole',
      'grant all on schema public to maker',
      'set session authorization maker',
    ])
      await sql.raw(statement).execute(query)
    await migrateToLatest(query)
    await query.transaction().execute(async (transaction) => {
      await sql`set local role chatdesk_tenant`.execute(transaction)
      const { rows } = await sql`select current_user::text as role`.execute(transaction)
      expect(rows).toEqual([{ role: 'chatdesk_tenant' }])
    })
    await query.destroy()
    await lite.close()
  }, 60_000)
})
