import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** Makes an empty database on the test Postgres and returns its address. */
export async function createTestDatabase(): Promise<string> {
  const adminUrl = process.env.CHATDESK_TEST_DATABASE_URL
  if (!adminUrl) throw new Error('CHATDESK_TEST_DATABASE_URL is not set')
  const name = `e2e_${randomBytes(6).toString('hex')}`
  const client = new pg.Client(adminUrl)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Puts an origin on the demo widget's list, as an administrator will. */
export async function allowOrigin(databaseUrl: string, origin: string): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  await client.query("update widgets set allowed_origins = allowed_origins || $1 where key = 'wk_demo'", [[origin]])
  await client.end()
}
