import { existsSync } from 'node:fs'
import { providePostgres } from '../../scripts/test-environment/provide-postgres.js'
import { STANDALONE } from './chat-server.js'

/** Journeys run on what was built, and on a Postgres that they may fill. */
export default async function setup(): Promise<() => Promise<void>> {
  if (!existsSync(STANDALONE)) throw new Error('nothing is built: run `npm run build` first')
  const postgres = await providePostgres()
  process.env.CHATDESK_TEST_DATABASE_URL = postgres.url
  return postgres.stop
}
