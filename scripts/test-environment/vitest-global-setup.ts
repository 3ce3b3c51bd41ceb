import { providePostgres } from './provide-postgres.js'

/** Gives the workers a Postgres by `CHATDESK_TEST_DATABASE_URL`, and takes it away at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await providePostgres()
  if (!process.env.CHATDESK_TEST_DATABASE_URL) console.log(postgres.note)
  process.env.CHATDESK_TEST_DATABASE_URL = postgres.url
  return postgres.stop
}
