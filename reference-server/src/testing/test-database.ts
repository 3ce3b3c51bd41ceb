import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { createDatabase, type Database } from '../database/index.js'
import { createPostgres, pgliteTemplate } from './database-templates.js'

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
    const database = createDatabase({ memory: true, dump: await pgliteTemplate() })
    await database.open()
    return { database, url: undefined, drop: () => database.close() }
  }
  const name = `chatdesk_test_${randomBytes(8).toString('hex')}`
  const url = await createPostgres(administratorUrl(), name)
  const database = createDatabase({ url })
  return {
    database,
    url,
    async drop() {
      await database.close()
      await administer(`drop database ${name} with (force)`)
    },
  }
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
