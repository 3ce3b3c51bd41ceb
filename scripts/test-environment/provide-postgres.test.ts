import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { providePostgres } from './provide-postgres.js'

afterEach(() => vi.unstubAllEnvs())

it('uses the server that the environment names, and leaves it running', async () => {
  vi.stubEnv('CHATDESK_TEST_DATABASE_URL', 'postgres://someone@127.0.0.1:1/anything')
  const postgres = await providePostgres()
  expect(postgres.url).toBe('postgres://someone@127.0.0.1:1/anything')
  await postgres.stop()
})

it('starts a throw-away server on loopback and takes it away again', async () => {
  vi.stubEnv('CHATDESK_TEST_DATABASE_URL', '')
  const postgres = await providePostgres()
  const { hostname, port } = new URL(postgres.url)
  expect(hostname).toBe('127.0.0.1')
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.destroy()
  await postgres.stop()
  const refused = connect(Number(port), hostname)
  await expect(once(refused, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
