import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FaultProxy, startFaultProxy } from './fault-proxy.js'
import { Line } from './line.js'

const ASK = 'POST /poll HTTP/1.1\r\n\r\nmessage.send'

let server: Server
let proxy: FaultProxy
let line: Line
let pages: Socket[] = []
/** What the server was told, piece by piece. */
let heard: string[] = []
let accepted: Socket[] = []

beforeEach(async () => {
  heard = []
  accepted = []
  server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      heard.push(String(chunk))
      socket.write('answer')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  line = new Line()
  proxy = await startFaultProxy((server.address() as { port: number }).port, line)
})

afterEach(async () => {
  for (const page of pages) page.destroy()
  pages = []
  await proxy.close()
  for (const socket of accepted) socket.destroy()
  server.close()
})

/** A page's connection that has said something, and what it hears of it. */
async function ask(text = ASK): Promise<{ page: Socket; answer: () => string; ended: Promise<'end' | 'reset'> }> {
  const page = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true })
  pages.push(page)
  const heardHere: string[] = []
  page.on('data', (chunk) => heardHere.push(String(chunk)))
  const ended = new Promise<'end' | 'reset'>((resolve) => {
    page.once('end', () => resolve('end'))
    page.once('error', () => resolve('reset'))
  })
  await once(page, 'connect')
  page.write(text)
  return { page, answer: () => heardHere.join(), ended }
}

it('passes on what both say', async () => {
  const { answer } = await ask()
  await expect.poll(answer).toBe('answer')
  expect(heard.join('')).toBe(ASK)
})

it('passes everything on in its order, when it is slow as well', async () => {
  line.delayMs = 5
  const { page } = await ask()
  for (const piece of ['1', '2', '3']) page.write(piece)
  await expect.poll(() => heard.join('')).toBe(`${ASK}123`)
})

it('cuts what is open, on both sides', async () => {
  const { answer, ended } = await ask()
  await expect.poll(answer).toBe('answer')
  const closed = new Promise((resolve) => accepted[0]?.once('close', resolve))
  proxy.cut('reset')
  expect(await ended).toBe('reset')
  await closed
})

it('tells a side that the other one has finished', async () => {
  const { page, answer, ended } = await ask()
  await expect.poll(answer).toBe('answer')
  proxy.halfClose('down')
  expect(await ended).toBe('end')
  page.write(' more')
  await expect.poll(() => heard.join('')).toBe(`${ASK} more`)
})

it('falls silent, and then neither side hears of the other', async () => {
  const { page, answer } = await ask()
  await expect.poll(answer).toBe('answer')
  proxy.silence(['up', 'down'])
  page.end('more')
  ;(accepted[0] as Socket).end('more')
  const other = await ask()
  await expect.poll(other.answer).toBe('answer')
  expect(heard.join('')).toBe(`${ASK}${ASK}`)
  expect(answer()).toBe('answer')
})

it('loses the answer to a message that has passed', async () => {
  line.losesAnswer = true
  const other = await ask('POST /poll HTTP/1.1\r\n\r\nping')
  await expect.poll(other.answer).toBe('answer')
  heard = []
  const { answer, ended } = await ask()
  expect(await ended).toBe('reset')
  expect(heard).toEqual([ASK])
  expect(answer()).toBe('')
  await expect.poll((await ask()).answer).toBe('answer')
})

it('lets a message arrive after its page was told that it did not', async () => {
  line.lateMs = 500
  const late = await ask()
  expect(await late.ended).toBe('reset')
  const again = await ask(`${ASK} again`)
  await expect.poll(again.answer).toBe('answer')
  await expect.poll(() => heard).toEqual([`${ASK} again`, ASK])
})

it('refuses, drops or holds back what is blocked, and nothing else', async () => {
  line.blocks.set('upgrade', 'refused')
  line.blocks.set('/sse', 'dropped')
  line.blocks.set('/poll', 'buffered')
  const refused = await ask('GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n')
  expect(await refused.ended).toBe('end')
  expect(refused.answer()).toContain('403')
  const dropped = await ask('POST /sse HTTP/1.1\r\n\r\n')
  const buffered = await ask()
  const other = await ask('POST /api/x HTTP/1.1\r\n\r\n')
  await expect.poll(other.answer).toBe('answer')
  await expect.poll(() => accepted).toHaveLength(2)
  expect(dropped.answer() + buffered.answer()).toBe('')
  for (const socket of accepted) socket.end()
  await expect.poll(buffered.answer).toBe('answer')
  expect(dropped.answer()).toBe('')
})

it('accepts and says nothing while it is mute', async () => {
  line.mute = true
  line.blocks.set('upgrade', 'refused')
  const { answer } = await ask()
  // Refused all the same, which shows that what came before it has been read.
  await (await ask('GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n')).ended
  line.heal()
  await expect.poll((await ask()).answer).toBe('answer')
  expect(heard).toEqual([ASK])
  expect(answer()).toBe('')
})
