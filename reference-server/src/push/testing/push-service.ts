import { createDecipheriv, createECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A push as its service took it, and its browser reads it. */
export interface ReceivedPush {
  path: string
  headers: IncomingHttpHeaders
  /** What travelled. */
  body: Buffer
}

/** A push service on loopback, with a browser behind it. */
export interface TestPushService {
  /** What the browser hands to the page when it subscribes at this path. */
  subscription(path: string): { endpoint: string; keys: { p256dh: string; auth: string } }
  readonly received: readonly ReceivedPush[]
  /** Paths that begin so are answered when they are let go. */
  hold(path: string): () => void
  /** Answers so from now on; 201 at first. */
  answer(status: number): void
  /** What the browser reads (RFC 8291). */
  decrypt(push: ReceivedPush): string
  close(): Promise<void>
}

/** Starts one. */
export async function startPushService(): Promise<TestPushService> {
  const browser = createECDH('prime256v1')
  const publicKey = browser.generateKeys()
  const auth = randomBytes(16)
  const received: ReceivedPush[] = []
  let status = 201
  let held = '-'
  const waiting: (() => void)[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      const end = () => void response.writeHead(status).end()
      if (request.url?.startsWith(held)) waiting.push(end)
      else end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    subscription: (path) => ({
      endpoint: `http://127.0.0.1:${port}${path}`,
      keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    }),
    received,
    hold(path) {
      held = path
      return () => {
        held = '-'
        for (const end of waiting.splice(0)) end()
      }
    },
    answer(next) {
      status = next
    },
    decrypt({ body }) {
      // RFC 8188: salt, record size, length of the key id, key id (the sender's public key), one record.
      const salt = body.subarray(0, 16)
      const length = body.readUInt8(20)
      const sender = body.subarray(21, 21 + length)
      const record = body.subarray(21 + length)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender])
      const secret = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32))
      const derive = (name: string, bytes: number) =>
        Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, bytes))
      const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
      decipher.setAuthTag(record.subarray(-16))
      const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
      return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Whether a push is signed by the server's key (RFC 8292), for this service. */
export function isSignedBy(serverKey: string, { headers }: ReceivedPush): boolean {
  const [, token = '', key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? []
  const [head, claims, signature = ''] = token.split('.')
  const point = Buffer.from(serverKey, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const { aud } = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString('utf8'))
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: jwk, format: 'jwk', dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  return signed && key === serverKey && aud === `http://${headers.host}`
}
