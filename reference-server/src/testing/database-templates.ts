import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool, type PoolConfig } from 'pg'
import { createDatabase } from '../database/index.js'
import { migrateToLatest } from '../database/migrate.js'
import type { Tables } from '../database/tables.js'

/** Any number, as long as nobody else's advisory lock on the administrator's database is the same. */
const TEMPLATE_LOCK = 7_243_616

/**
 * The folder that `CHATDESK_TEST_TEMPLATES` names, for the processes of one test run: whoever needs a migrated database
 * first makes it there, or on Postgres a database of the folder's name, and the others copy it. Without it each makes its
 * own.
 */
const sharedFolder = (): string | undefined => process.env.CHATDESK_TEST_TEMPLATES || undefined

/** A dump of a migrated PGlite: making one takes seconds, copying one a fraction. */
export function pgliteTemplate(): Promise<Blob> {
  ownDump ??= sharedDump()
  return ownDump
}
let ownDump: Promise<Blob> | undefined

async function sharedDump(): Promise<Blob> {
  const folder = sharedFolder()
  if (!folder) return makeDump()
  const path = join(folder, 'pglite.tar')
  const found = await readFile(path).catch(() => undefined)
  if (found) return new Blob([new Uint8Array(found)])
  const dump = await makeDump()
  // Two that begin at once make the same; nobody reads half of one.
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, new Uint8Array(await dump.arrayBuffer()))
  await rename(draft, path)
  return dump
}

async function makeDump(): Promise<Blob> {
  const lite = await PGlite.create()
  const pool = new Pool({ ...(createPgConfig(lite) as unknown as PoolConfig), max: 1, idleTimeoutMillis: 0 })
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await migrateToLatest(query)
  const dump = await lite.dumpDataDir('none')
  await query.destroy()
  await lite.close()
  return dump
}

/** Makes a migrated database on a server, as its administrator; returns its address. */
export async function createPostgres(adminUrl: string, name: string): Promise<string> {
  const folder = sharedFolder()
  const administrator = new Client({ connectionString: adminUrl })
  await administrator.connect()
  try {
    if (!folder) return await createMigrated(administrator, adminUrl, name)
    postgresTemplate ??= shareTemplate(administrator, adminUrl, basename(folder))
    await administrator.query(`create database ${name} template "${await postgresTemplate}"`)
    return addressOn(adminUrl, name)
  } finally {
    await administrator.end()
  }
}
let postgresTemplate: Promise<string> | undefined

async function shareTemplate(administrator: Client, adminUrl: string, name: string): Promise<string> {
  await administrator.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
  const { rowCount } = await administrator.query('select from pg_database where datname = $1', [name])
  if (rowCount === 0) {
    // Under another name until it is whole: one whose migration failed is nobody's template.
    const draft = `draft_${randomBytes(4).toString('hex')}`
    await createMigrated(administrator, adminUrl, draft)
    await administrator.query(`alter database ${draft} rename to "${name}"`)
  }
  await administrator.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK])
  return name
}

async function createMigrated(administrator: Client, adminUrl: string, name: string): Promise<string> {
  await administrator.query(`create database ${name}`)
  const url = addressOn(adminUrl, name)
  const database = createDatabase({ url })
  await database.migrate()
  await database.close()
  return url
}

function addressOn(adminUrl: string, name: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}
