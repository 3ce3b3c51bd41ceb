import { existsSync } from 'node:fs'
import { findFirefox } from '../../scripts/test-environment/find-firefox.js'
import { providePostgres } from '../../scripts/test-environment/provide-postgres.js'
import { ChatServer, FIRST_DATA, STANDALONE } from './chat-server.js'

/** Journeys run on what was built, on a Postgres that they may fill, and on copies of the data of one first start. */
export default async function setup(): Promise<() => Promise<void>> {
  if (!existsSync(STANDALONE)) throw new Error('nothing is built: run `npm run build` first')
  if (!findFirefox()) console.log('firefox: none is installed, so its journeys are left out')
  const postgres = await providePostgres()
  process.env.CHATDESK_TEST_DATABASE_URL = postgres.url
  const first = await ChatServer.launch()
  await first.terminate()
  process.env[FIRST_DATA] = first.dataDir
  return async () => {
    await first.dispose()
    await postgres.stop()
  }
}
