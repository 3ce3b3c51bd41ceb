import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3Options } from '../storage/s3-storage.js'

/** A server that speaks as much of S3 as a driver needs, and refuses what is not signed as S3 asks for it. */
export interface S3TestServer {
  options: S3Options
  /** What it holds, by path. */
  objects: ReadonlyMap<string, Buffer>
  /** Answers the next requests with this status. */
  failNext(status: number, times: number): void
  close(): Promise<void>
}

const hash = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** Starts one on loopback, with one bucket. */
export async function startS3Server(): Promise<S3TestServer> {
  const [region, accessKeyId, secretAccessKey] = ['test-1', 'AKIATEST', 'a secret of the test bucket']
  const objects = new Map<string, Buffer>()
  const failing: number[] = []

  /** Signature version 4, from the request alone. */
  function isSigned(request: IncomingMessage, body: Buffer): boolean {
    const { authorization = '', 'x-amz-date': date = '', 'x-amz-content-sha256': payload = '' } = request.headers
    const [, scope = '', names = '', signature = ''] =
      /^AWS4-HMAC-SHA256 Credential=AKIATEST\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
        authorization,
      ) ?? []
    const [day = ''] = scope.split('/')
    if (scope !== `${day}/${region}/s3/aws4_request` || !String(date).startsWith(day)) return false
    if (payload !== 'UNSIGNED-PAYLOAD' && payload !== hash(body)) return false
    const signed = names.split(';')
    if (!signed.includes('host') || !signed.includes('x-amz-date')) return false
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3')
    searchParams.sort()
    const headers = signed.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`).join('')
    const canonical = [request.method, pathname, searchParams.toString(), headers, names, payload].join('\n')
    const toSign = ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\n')
    const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`)
    return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'))
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const answer = (status: number, bytes?: Buffer) => void response.writeHead(status).end(bytes)
    const failure = failing.shift()
    if (failure) return answer(failure)
    if (!isSigned(request, body)) return answer(403)
    const path = request.url ?? ''
    if (!path.startsWith('/bucket/')) return answer(404)
    const found = objects.get(path)
    if (request.method === 'PUT') {
      objects.set(path, body)
      return answer(200)
    }
    if (request.method === 'DELETE') {
      objects.delete(path)
      return answer(204)
    }
    if (!found) return answer(404, Buffer.from('<Error><Code>NoSuchKey</Code></Error>'))
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    return first ? answer(206, found.subarray(Number(first), Number(last) + 1)) : answer(200, found)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    options: { url: `http://127.0.0.1:${port}/bucket`, region, accessKeyId, secretAccessKey },
    objects,
    failNext: (status, times) => void failing.push(...Array.from({ length: times }, () => status)),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
