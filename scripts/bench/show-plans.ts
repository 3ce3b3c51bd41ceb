import pg from 'pg'

/** Collects what `auto_explain` tells the connections of this process, in place of what the server would log. */
export interface Plans {
  /** From now on every connection to this database tells of each statement, in functions as well. */
  begin(): Promise<void>
  /** What was told since the last time. */
  take(): string[]
}

export async function collectPlans(adminUrl: string, database: string): Promise<Plans> {
  const told: string[] = []
  const original = pg.Client.prototype.connect
  pg.Client.prototype.connect = function (this: pg.Client, ...given: never[]) {
    this.on('notice', (notice) => {
      if (notice.message?.startsWith('duration')) told.push(notice.message)
    })
    return Reflect.apply(original, this, given)
  } as typeof original
  return {
    async begin() {
      const client = new pg.Client(adminUrl)
      await client.connect()
      for (const [name, value] of Object.entries({
        session_preload_libraries: 'auto_explain',
        'auto_explain.log_min_duration': '0',
        'auto_explain.log_analyze': 'on',
        'auto_explain.log_buffers': 'on',
        'auto_explain.log_nested_statements': 'on',
        'auto_explain.log_level': 'notice',
      }))
        await client.query(`alter database ${database} set ${name} = '${value}'`)
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
        [database],
      )
      await client.end()
    },
    take: () => told.splice(0),
  }
}
