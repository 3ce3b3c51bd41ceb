import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import pg from 'pg'
import { providePostgres } from './provide-postgres.js'

/**
 * Gives the workers a Postgres by `CHATDESK_TEST_DATABASE_URL`, and by `CHATDESK_TEST_TEMPLATES` a folder for the
 * databases that they copy; takes both away at the end.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await providePostgres()
  if (!process.env.CHATDESK_TEST_DATABASE_URL) console.log(postgres.note)
  process.env.CHATDESK_TEST_DATABASE_URL = postgres.url
  const templates = mkdtempSync(join(tmpdir(), 'chatdesk-templates-'))
  process.env.CHATDESK_TEST_TEMPLATES = templates
  return async () => {
    rmSync(templates, { recursive: true, force: true })
    const administrator = new pg.Client(postgres.url)
    await administrator.connect()
    await administrator.query(`drop database if exists "${basename(templates)}"`)
    await administrator.end()
    await postgres.stop()
  }
}
