import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectWebSocket } from './realtime/testing/test-client.js'
import { createTestDatabase } from './testing/index.js'

const ENTRY = fileURLToPath(new URL('./standalone.ts', import.meta.url))
let directory: string
const children = new Set<ChildProcess>()
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'chatdesk-'))
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

/** Runs the entry from its source, as `node dist/standalone.js` runs it built. */
function run(variables: Record<string, string>) {
  const child = spawn(process.execPath, ['--conditions=@chatdesk/source', '--import=tsx', ENTRY], {
    env: { PATH: process.env.PATH, CHATDESK_DATA_DIR: join(directory, 'data'), ...variables },
  })
  children.add(child)
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (output.stdout += chunk))
  child.stderr.on('data', (chunk) => (output.stderr += chunk))
  const exited = once(child, 'exit').then(([code]) => {
    children.delete(child)
    return code as number | null
  })
  return { child, output, exited }
}

async function start(variables: Record<string, string>) {
  const running = run({ CHATDESK_DEMO: '1', PORT: '0', ...variables })
  await expect.poll(() => running.output.stdout + running.output.stderr, { timeout: 60_000 }).toMatch(/password {3}/)
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(running.output.stdout) ?? []
  return { ...running, url }
}

async function expectOneLine(variables: Record<string, string>, line: RegExp) {
  const { output, exited } = run(variables)
  expect(await exited).toBe(1)
  expect(output.stderr).toMatch(line)
  expect(output.stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(output.stdout).toBe('')
}

it('starts, says where, keeps its data over a stop and a start, and leaves when told to', async () => {
  const first = await start({})
  expect(first.output.stdout).toContain(`${first.url}/console`)
  expect(first.output.stdout).toContain('durability class C')
  expect(first.output.stdout).toContain('agent@demo.test')
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  const init = (url: string, body: object) =>
    fetch(`${url}/api/widget/init`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ widgetKey: 'wk_demo', ...body }),
    })
  const answer = await init(first.url, {})
  expect(answer.status).toBe(201)
  const { token, sessionId } = JSON.parse(await answer.text())

  await expectOneLine(
    { CHATDESK_DEMO: '1', PORT: '0' },
    new RegExp(`^chatdesk: The data directory .* is in use by process ${first.child.pid}\\.$`, 'm'),
  )
  first.child.kill('SIGTERM')
  expect(await first.exited).toBe(0)

  const second = await start({})
  const again = await init(second.url, { token })
  expect(again.status).toBe(200)
  expect(JSON.parse(await again.text()).sessionId).toBe(sessionId)
  second.child.kill('SIGINT')
  expect(await second.exited).toBe(0)
  expect(second.output.stderr).toBe('')
}, 180_000)

it('shows the code of the first run on its start line alone, anew at each start, until somebody has come in', async () => {
  const variables = { PORT: '0', HOST: '127.0.0.1', CHATDESK_DATA_DIR: join(directory, 'first'), LOG_LEVEL: 'debug' }
  const started = async () => {
    const running = run(variables)
    await expect.poll(() => running.output.stdout + running.output.stderr, { timeout: 60_000 }).toMatch(/storage {4}/)
    const [, url = '', code = ''] =
      /first run {2}(\S+)\/console\/setup with the code ([A-Z2-9-]{14}),/.exec(running.output.stdout) ?? []
    return { ...running, url, code }
  }
  const stop = async ({ child, exited }: Awaited<ReturnType<typeof started>>) => {
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
  }
  const first = await started()
  await stop(first)
  const second = await started()
  expect([first.code.length, second.code.length]).toEqual([14, 14])
  expect(second.code).not.toBe(first.code)
  const comeIn = (code: string) =>
    fetch(`${second.url}/api/auth/first-run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ code, organization: 'Acme', name: 'Noor' },
        ...{ email: 'noor@acme.test', password: 'four plain words here' },
      }),
    })
  expect((await comeIn(first.code)).status).toBe(422)
  expect((await comeIn(second.code)).status).toBe(200)
  // What is logged is JSON, on the same output.
  const logged = second.output.stdout.split('\n').filter((line) => line.startsWith('{'))
  expect(logged.join('\n')).not.toContain(second.code)
  expect(second.output.stdout.split(second.code)).toHaveLength(2)
  await stop(second)
  const third = await started()
  expect(third.output.stdout).not.toContain('first run')
  await stop(third)
}, 180_000)

it('threat 45: ends a connection whose request does not arrive, and leaves alone those that are open', async () => {
  const { child, exited, url } = await start({ CHATDESK_DATA_DIR: join(directory, 'slow') })
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.write('GET /ws HTTP/1.1\r\nHost: loc')
  const client = await connectWebSocket(url, { origin: url })
  const opened = await fetch(`${url}/api/widget/init`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ widgetKey: 'wk_demo' }),
  })
  await client.start(JSON.parse(await opened.text()).token)
  await once(socket, 'close')
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  client.send({ type: 'ping' })
  await client.next('heartbeat')
  client.close()
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  // Node's own bound is a minute.
}, 60_000)

it('leaves in good order while somebody is connected who has asked for nothing, or for half of something', async () => {
  const { url, child, exited } = await start({ CHATDESK_DATA_DIR: join(directory, 'silent') })
  const { port, hostname } = new URL(url)
  for (const said of ['', 'POST /api/widget/init HTTP/1.1\r\nHost: chat\r\nContent-Length: 9\r\n\r\n{']) {
    const socket = connect(Number(port), hostname).on('error', () => {})
    await once(socket, 'connect')
    socket.write(said)
  }
  // Whoever is answered now came later.
  await fetch(`${url}/readyz`)
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
}, 60_000)

it('says how nodes see each other, serves while Redis is away, and leaves in good order', async () => {
  const { url: DATABASE_URL = '', drop } = await createTestDatabase('Postgres')
  try {
    const REDIS_URL = 'redis://:very-secret@127.0.0.1:1'
    const node = await start({ DATABASE_URL, REDIS_URL, LOG_LEVEL: 'warn' })
    expect(node.output.stdout).toMatch(/nodes .* by hints over Redis/)
    const ready = await fetch(`${node.url}/readyz`)
    expect([ready.status, await ready.text()]).toEqual([200, '{"status":"ready","hints":"disconnected"}'])
    await expect.poll(() => node.output.stdout).toContain('Redis is away')
    node.child.kill('SIGTERM')
    expect(await node.exited).toBe(0)
    expect(node.output.stdout + node.output.stderr).not.toContain('very-secret')

    const alone = await start({ DATABASE_URL })
    expect(alone.output.stdout).toMatch(/nodes .* every 2 seconds/)
    alone.child.kill('SIGTERM')
    expect(await alone.exited).toBe(0)
  } finally {
    await drop()
  }
}, 180_000)

it('a taken port, a wrong variable and an unreachable database are one line each', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const taken = join(directory, 'taken')
  await expectOneLine(
    { CHATDESK_DEMO: '1', PORT: String(port), CHATDESK_DATA_DIR: taken },
    new RegExp(`^chatdesk: PORT: ${port} on 127\\.0\\.0\\.1 is taken by another program$`, 'm'),
  )
  other.close()
  await expectOneLine({ PORT: 'abc' }, /^chatdesk: PORT: must be a number$/m)
  await expectOneLine(
    { DATABASE_URL: 'postgres://somebody:very-secret@127.0.0.1:1/chat' },
    /^chatdesk: The database at 127\.0\.0\.1:1\/chat cannot be used: (?!.*very-secret)/m,
  )
  await expectOneLine({ CHATDESK_DEMO: '1', HOST: '0.0.0.0' }, /^chatdesk: HOST: the demo has known passwords/m)
  await expectOneLine({ CHATDESK_DATA_DIR: '' }, /^chatdesk: DATABASE_URL: missing/m)
}, 180_000)
