import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { carriesMessage } from './carries-message.js'

/** The first frame of a client, as it is on the wire. */
async function frameOf(text: string): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const page = new WebSocket(`ws://127.0.0.1:${port}`)
  const [socket] = await once(server, 'connection')
  const [request] = await once(socket, 'data')
  const key = /sec-websocket-key: (\S+)/i.exec(String(request))?.[1]
  const digest = await crypto.subtle.digest('SHA-1', Buffer.from(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`))
  const accept = Buffer.from(digest).toString('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  await once(page, 'open')
  page.send(text)
  const [frame] = await once(socket, 'data')
  page.terminate()
  socket.destroy()
  server.close()
  return frame
}

it.each([
  ['{"type":"message.send","parts":[]}', true],
  [`{"type":"message.send","padding":"${'x'.repeat(300)}"}`, true],
  [`{"padding":"${'x'.repeat(300)}","type":"message.markRead"}`, false],
])('tells a message from other frames beneath their mask: %s', async (text, isMessage) => {
  const frame = await frameOf(text)
  expect(String(frame)).not.toContain('type')
  expect(carriesMessage(frame)).toBe(isMessage)
})

it.each([
  ['POST /poll HTTP/1.1\r\n\r\n{"type":"session.start"}\n{"type":"message.send"}', true],
  ['42["frame","{\\"type\\":\\"message.send\\"}"]', true],
  ['POST /poll HTTP/1.1\r\n\r\n{"type":"session.start"}', false],
])('tells a message in plain text: %s', (text, isMessage) => {
  expect(carriesMessage(Buffer.from(text))).toBe(isMessage)
})
