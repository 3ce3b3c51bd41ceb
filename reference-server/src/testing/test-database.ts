import { randomBytes } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool, type PoolConfig } from 'pg'
import { createDatabase, type Database } from '../database/index.js'
import { migrateToLatest } from '../database/migrate.js'
import type { Tables } from '../database/tables.js'

/** The databases that every store test runs on. */
export const TEST_DATABASES = ['PGlite', 'Postgres'] as const
/** One of them. */
export type TestDatabaseKind = (typeof TEST_DATABASES)[number]

/** A fresh, migrated database. */
export interface TestDatabase {
  database: Database
  /** Connection string; PGlite has none. */
  url: string | undefined
  /** Closes and removes it. */
  drop(): Promise<void>
}

/** Makes an empty, migrated database of its own for the caller. */
export async function createTestDatabase(kind: TestDatabaseKind): Promise<TestDatabase> {
  if (kind === 'PGlite') {
    template ??= createTemplate()
    const database = createDatabase({ memory: true, dump: await template })
    await database.open()
    return { database, url: undefined, drop: () => database.close() }
  }
  const name = `chatdesk_test_${randomBytes(8).toString('hex')}`
  await administer(`create database ${name}`)
  const url = new URL(administratorUrl())
  url.pathname = `/${name}`
  const database = createDatabase({ url: url.href })
  await database.migrate()
  return {
    database,
    url: url.href,
    async drop() {
      await database.close()
      await administer(`drop database ${name} with (force)`)
    },
  }
}

/** Making a PGlite takes seconds, copying one a fraction: each process makes one and copies it. */
let template: Promise<Blob> | undefined

async function createTemplate(): Promise<Blob> {
  const lite = await PGlite.create()
  const pool = new Pool({ ...(createPgConfig(lite) as unknown as PoolConfig), max: 1, idleTimeoutMillis: 0 })
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await migrateToLatest(query)
  const dump = await lite.dumpDataDir('none')
  await query.destroy()
  await lite.close()
  return dump
}

function administratorUrl(): string {
  const url = process.env.CHATDESK_TEST_DATABASE_URL
  if (!url) throw new Error('CHATDESK_TEST_DATABASE_URL must name a Postgres server on which databases may be made.')
  return url
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: administratorUrl() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
