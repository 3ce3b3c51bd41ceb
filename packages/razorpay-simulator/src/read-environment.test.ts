import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { DEFAULT_KEY } from './index.js'
import { DEFAULT_PORT, readEnvironment } from './read-environment.js'

it('has a default for everything', () => {
  expect(readEnvironment({})).toEqual({ options: { port: DEFAULT_PORT, keys: [DEFAULT_KEY] } })
})

it('reads what is set', () => {
  const environment = {
    RAZORPAY_SIMULATOR_PORT: '0',
    RAZORPAY_SIMULATOR_SEED: 's',
    RAZORPAY_SIMULATOR_KEY_ID: 'rzp_test_simX',
    RAZORPAY_SIMULATOR_KEY_SECRET: 'x',
    RAZORPAY_SIMULATOR_WEBHOOK_URL: 'http://127.0.0.1:1/',
    RAZORPAY_SIMULATOR_WEBHOOK_SECRET: 'w',
  }
  expect(readEnvironment(environment)).toEqual({
    options: {
      port: 0,
      seed: 's',
      keys: [{ id: 'rzp_test_simX', secret: 'x' }],
      webhook: { url: 'http://127.0.0.1:1/', secret: 'w' },
    },
  })
})

it.each([
  [{ RAZORPAY_SIMULATOR_PORT: 'x' }, 'RAZORPAY_SIMULATOR_PORT'],
  [{ RAZORPAY_SIMULATOR_PORT: '65536' }, 'RAZORPAY_SIMULATOR_PORT'],
  [{ RAZORPAY_SIMULATOR_KEY_ID: 'rzp_live_x' }, 'rzp_test_sim'],
  [{ RAZORPAY_SIMULATOR_KEY_SECRET: '' }, 'RAZORPAY_SIMULATOR_KEY_SECRET'],
  [{ RAZORPAY_SIMULATOR_WEBHOOK_URL: 'http://127.0.0.1:1/' }, 'go together'],
])('says in one line what is wrong with %j', (environment, words) => {
  expect(readEnvironment(environment)).toEqual({ fault: expect.stringContaining(words) })
})

function startProgram(environment: Record<string, string>) {
  return spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@chatdesk/source', fileURLToPath(new URL('standalone.ts', import.meta.url))],
    { env: { PATH: process.env.PATH ?? '', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
}

it('the program says where it listens and by which keys, serves, and stops when it is told to', async () => {
  const program = startProgram({ RAZORPAY_SIMULATOR_PORT: '0' })
  let said = ''
  for await (const part of program.stdout) {
    said += part
    if (said.includes('/__sim/openapi')) break
  }
  const url = /RAZORPAY_BASE_URL=(\S+)/.exec(said)?.[1]
  expect(said).toContain(`RAZORPAY_KEY_SECRET=${DEFAULT_KEY.secret}`)
  expect((await fetch(`${url}/v1/checkout.js`)).status).toBe(200)
  program.kill('SIGTERM')
  expect((await once(program, 'exit'))[0]).toBe(0)
})

it('the program ends with one line when it cannot start', async () => {
  const program = startProgram({
    RAZORPAY_SIMULATOR_PORT: '0',
    RAZORPAY_SIMULATOR_WEBHOOK_URL: 'https://example.com/',
    RAZORPAY_SIMULATOR_WEBHOOK_SECRET: 'w',
  })
  let said = ''
  program.stderr.on('data', (part) => {
    said += part
  })
  expect((await once(program, 'exit'))[0]).toBe(1)
  expect(said).toMatch(/^razorpay-simulator: .*no address of this machine.*\n$/)
})
