import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { ThrowAwayPostgres } from '../../test-environment/provide-postgres.js'
import type { ServerNode } from '../server-node.js'
import type { ServerAct } from './plan.js'

/** The server process and the database beneath it, and what happens to them. */
export class RealServer {
  /** What it should not have done. */
  readonly failures: string[] = []

  constructor(
    private readonly node: ServerNode,
    private readonly postgres: ThrowAwayPostgres,
    private readonly databaseUrl: string,
  ) {}

  /** One after the other; in the end all is up again. */
  async suffer(acts: readonly ServerAct[]): Promise<void> {
    const startedAt = Date.now()
    for (const act of acts) {
      await pause(Math.max(0, startedAt + act.at - Date.now()))
      await this.#perform(act)
      // Whatever happens to its database, it lives on.
      if (!this.node.isRunning) {
        this.failures.push(`the server ended by itself after: ${act.type}`)
        await this.node.start()
      }
    }
  }

  /** As an operator ends it. */
  async stop(): Promise<void> {
    const code = await this.node.end('SIGTERM')
    if (code !== 0) this.failures.push(`the server was told to stop and ended with code ${code}`)
  }

  async #perform({ type, forMs }: ServerAct): Promise<void> {
    switch (type) {
      case 'server killed':
      case 'server stopped':
        if (type === 'server killed') await this.node.end('SIGKILL')
        else await this.stop()
        await pause(forMs)
        return this.node.start()
      case 'database killed':
      case 'database stopped':
        await this.postgres.end(type === 'database killed' ? 'killed' : 'stopped')
        await pause(forMs)
        return this.postgres.restart()
      case 'backends ended':
        return this.#endBackends()
    }
  }

  async #endBackends(): Promise<void> {
    const client = new pg.Client({ connectionString: this.databaseUrl })
    await client.connect()
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await client.end()
  }
}
