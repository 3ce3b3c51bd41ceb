import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  type PostgresPool,
  type PostgresPoolClient,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Queries that can reach certain organizations only. Each runs in a transaction of its own as the role `chatdesk_tenant`,
 * which row-level security binds (threat 25). Role and organizations end with the transaction, so that no connection
 * takes them along into the pool (threat 27).
 */
export function tenantDialect(pool: PostgresPool, organizationIds: readonly string[]): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new TenantDriver(pool, scopeStatement(organizationIds)),
    createIntrospector: (query: Kysely<unknown>) => new PostgresIntrospector(query),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

/** Begins the transaction: one round trip, since `set` takes no parameters. */
function scopeStatement(organizationIds: readonly string[]): string {
  for (const id of organizationIds) if (!UUID.test(id)) throw new Error('An organization id is a UUID.')
  return `begin; set local role chatdesk_tenant; set local chatdesk.organizations = '${organizationIds.join(',')}'`
}

class TenantConnection implements DatabaseConnection {
  /** The caller of a transaction has taken everything back. */
  rolledBack = false

  constructor(readonly client: PostgresPoolClient) {}

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.client.query<R>(sql, [...parameters])
    const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE'
    return changes ? { rows, numAffectedRows: BigInt(rowCount) } : { rows }
  }

  // biome-ignore lint/correctness/useYield: nothing is streamed.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Queries of one organization are not streamed.')
  }
}

class TenantDriver implements Driver {
  constructor(
    private readonly pool: PostgresPool,
    private readonly begin: string,
  ) {}

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}

  async acquireConnection(): Promise<TenantConnection> {
    const client = await this.pool.connect()
    try {
      await client.query(this.begin, [])
      return new TenantConnection(client)
    } catch (error) {
      release(client, true)
      throw error
    }
  }

  async releaseConnection({ client, rolledBack }: TenantConnection): Promise<void> {
    try {
      // After a statement that failed this takes the transaction back.
      if (!rolledBack) await client.query('commit', [])
    } catch (error) {
      // Nobody else may get a connection that may still be in somebody's transaction.
      release(client, true)
      throw error
    }
    release(client, false)
  }

  // The connection comes with its transaction.
  async beginTransaction(): Promise<void> {}
  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(connection: TenantConnection): Promise<void> {
    await connection.client.query('rollback', [])
    connection.rolledBack = true
  }
}

/** Kysely's type knows only one of the two ways of pg. */
function release(client: PostgresPoolClient, destroy: boolean): void {
  ;(client as { release(destroy?: boolean): void }).release(destroy)
}
