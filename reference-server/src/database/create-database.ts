import { AsyncLocalStorage } from 'node:async_hooks'
import { existsSync, renameSync } from 'node:fs'
import { ChatError } from '@chatdesk/protocol'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { openDataDirectory } from './data-directory.js'
import { type DurabilityClass, durabilityOfPostgres } from './durability.js'
import { migrateToLatest } from './migrate.js'
import type { Tables } from './tables.js'
import { tenantDialect } from './tenant-dialect.js'

/** Which database. */
export type DatabaseOptions =
  /** A Postgres server, version 15 or later. `poolSize`: most connections at a time, 10 by default. */
  | { url: string; poolSize?: number }
  /** PGlite in a directory that this process alone may use. */
  | { dataDir: string }
  /** PGlite in memory, empty or from a dump of another: for tests. */
  | { memory: true; dump?: Blob }

/** One database, either kind, behind one query layer. */
export interface Database {
  /**
   * Every organization's rows: for what has to find out first whose a credential is, for sweeps, and for what founds an
   * organization. All else takes `of`.
   */
  readonly system: Kysely<Tables>
  /** These organizations' rows only, whatever a query says: row-level security hides all others. */
  of(...organizationIds: readonly string[]): Kysely<Tables>
  /** Whether other processes may use it as well. */
  readonly isShared: boolean
  /** Connects, once; the first query does so too. Rejects with `UNAVAILABLE` and one clear sentence. */
  open(): Promise<{ durability: DurabilityClass }>
  /** Brings the schema up to date; two processes may do so at the same time. */
  migrate(): Promise<void>
  /**
   * Runs in one transaction, of one organization or, with `system`, of all. Inside it only the given `Transaction` may be
   * used: a query on the pool throws.
   */
  transaction<T>(of: string | 'system', run: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

interface Connected {
  pool: PostgresPool
  durability: DurabilityClass
  /** After the pool has ended. */
  dispose(): Promise<void>
}

/** Milliseconds. */
const TIMEOUTS = { connect: 5_000, statement: 10_000, lock: 2_000, idleInTransaction: 10_000 }

/** Makes a database that connects with its first use. */
export function createDatabase(options: DatabaseOptions): Database {
  // PGlite alone has this trap, and every test that runs on Postgres runs on PGlite too.
  const insideTransaction = 'url' in options ? undefined : new AsyncLocalStorage<true>()
  let connecting: Promise<Connected> | undefined
  let closed = false
  const connect = () => {
    if (closed) return Promise.reject(new ChatError('UNAVAILABLE', 'The database is closed.'))
    connecting ??= ('url' in options ? connectPostgres(options) : connectPglite(options)).catch((error) => {
      connecting = undefined
      throw error
    })
    return connecting
  }
  const guardedPool: PostgresPool = {
    async connect() {
      // With PGlite's single connection such a query would wait for its own transaction, in silence and for ever.
      if (insideTransaction?.getStore())
        throw new Error('A query on the pool inside a transaction: use the transaction.')
      return (await connect()).pool.connect()
    },
    end: async () => {},
  }
  const system = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guardedPool }) })
  const of = (...organizationIds: readonly string[]) =>
    new Kysely<Tables>({ dialect: tenantDialect(guardedPool, organizationIds) })
  return {
    system,
    of,
    isShared: 'url' in options,
    async open() {
      const { durability } = await connect()
      return { durability }
    },
    async migrate() {
      await connect()
      // A Postgres that others migrate at the same time makes us wait longer than the usual limits allow.
      if (!('url' in options)) return migrateToLatest(system)
      const pool = new Pool({ ...poolConfig(options.url), max: 2, statement_timeout: 0, lock_timeout: 0 })
      const patient = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
      try {
        await migrateToLatest(patient)
      } finally {
        await patient.destroy()
      }
    },
    transaction: (scope, run) =>
      (scope === 'system' ? system : of(scope)).transaction().execute(async (transaction) => {
        if (!insideTransaction) return run(transaction)
        try {
          return await insideTransaction.run(true, () => run(transaction))
        } finally {
          // The hooks behind it slow down every promise of the process; with one connection no other transaction runs.
          insideTransaction.disable()
        }
      }),
    async close() {
      if (closed) return
      closed = true
      const connected = await connecting?.catch(() => undefined)
      await system.destroy()
      await connected?.pool.end()
      await connected?.dispose()
    },
  }
}

function poolConfig(url: string): PoolConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: TIMEOUTS.connect,
    statement_timeout: TIMEOUTS.statement,
    lock_timeout: TIMEOUTS.lock,
    idle_in_transaction_session_timeout: TIMEOUTS.idleInTransaction,
    application_name: 'chatdesk',
  }
}

async function connectPostgres({ url, poolSize = 10 }: { url: string; poolSize?: number }): Promise<Connected> {
  let pool: Pool | undefined
  try {
    pool = new Pool({ ...poolConfig(url), max: poolSize })
    // A connection that dies while idle would otherwise end the process (threat 48); the next query gets a new one.
    pool.on('error', () => {})
    // So would one that dies between two queries of whoever holds it: the pool listens only to those that nobody holds.
    pool.on('connect', (client) => client.on('error', () => {}))
    const { rows } = await pool.query<{ version: number; fsync: string; commit: string; standby: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, current_setting('synchronous_standby_names') as standby`,
    )
    const [settings] = rows
    if (!settings || settings.version < 150_000) throw new Error('Postgres 15 or later is needed')
    const { fsync, commit: synchronousCommit, standby: synchronousStandbyNames } = settings
    const durability = durabilityOfPostgres({ fsync, synchronousCommit, synchronousStandbyNames })
    return { pool, durability, dispose: async () => {} }
  } catch (error) {
    await pool?.end()
    throw new ChatError('UNAVAILABLE', `The database at ${addressOf(url)} cannot be used: ${reasonOf(error)}`, {
      cause: error,
    })
  }
}

async function connectPglite(options: { dataDir: string } | { memory: true; dump?: Blob }): Promise<Connected> {
  if ('memory' in options) {
    const lite = await PGlite.create(options.dump ? { loadDataDir: options.dump } : {})
    return { pool: poolOf(lite), durability: 'D', dispose: () => lite.close() }
  }
  const directory = openDataDirectory(options.dataDir)
  try {
    if (!existsSync(directory.databasePath)) {
      await (await PGlite.create(directory.creationPath)).close()
      renameSync(directory.creationPath, directory.databasePath)
    }
    const lite = await PGlite.create(directory.databasePath)
    return {
      pool: poolOf(lite),
      durability: 'C',
      async dispose() {
        await lite.close()
        directory.release()
      },
    }
  } catch (error) {
    directory.release()
    throw new ChatError('UNAVAILABLE', `The data directory ${options.dataDir} cannot be opened: ${reasonOf(error)}`, {
      cause: error,
    })
  }
}

/** PGlite has one connection, and the pool must never think it lost: a second one crashes the process. */
function poolOf(lite: PGlite): PostgresPool {
  return new Pool({ ...(createPgConfig(lite) as unknown as PoolConfig), max: 1, idleTimeoutMillis: 0 })
}

/** Host, port and name of a database: what a person needs to find it, without its credentials. */
function addressOf(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Node reports a refused connection to a name with several addresses as an aggregate without a message.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return error.message || code || error.name
}

/** Whether the database answers and its schema is there. */
export async function checkDatabase(database: Database): Promise<void> {
  await sql`select 1 from organizations limit 1`.execute(database.system)
}
