import { once } from 'node:events'
import { connect } from 'node:net'
import pg from 'pg'
import { afterEach, expect, it, vi } from 'vitest'
import { providePostgres, startPostgres } from './provide-postgres.js'

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

it('keeps what was committed when it is killed or stopped, and started again', async () => {
  const postgres = await startPostgres({ durable: true })
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    const { rows } = await client.query(sql)
    await client.end()
    return rows
  }
  await ask('create table kept (n int)')
  for (const [n, how] of (['killed', 'stopped'] as const).entries()) {
    await ask(`insert into kept values (${n})`)
    await postgres.end(how)
    await expect(ask('select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await postgres.restart()
  }
  expect(await ask('select n from kept order by n')).toEqual([{ n: 0 }, { n: 1 }])
  await postgres.stop()
})
