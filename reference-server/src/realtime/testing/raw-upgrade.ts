import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** Asks for an upgrade byte by byte, and answers with the response's head. */
export async function upgrade(
  http: Server,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ head: string; socket: Socket }> {
  const socket = connect((http.address() as AddressInfo).port, '127.0.0.1')
  const lines = Object.entries({
    Host: 'localhost',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const [head] = (await once(socket, 'data')) as [Buffer]
  return { head: head.toString(), socket }
}

/** One text message as a client sends it, masked with zeros. */
export function maskedText(text: string): Buffer {
  return masked(0x81, Buffer.from(text))
}

/** One ping as a client sends it, masked with zeros: of at most 125 bytes. */
export function maskedPing(text: string): Buffer {
  return masked(0x89, Buffer.from(text))
}

function masked(kind: number, payload: Buffer): Buffer {
  const head =
    payload.length < 126 ? [kind, 0x80 | payload.length] : [kind, 0xfe, payload.length >> 8, payload.length & 0xff]
  return Buffer.concat([Buffer.from(head), Buffer.alloc(4), payload])
}
