import { ChatError } from '@chatdesk/protocol'
import { AwsClient } from 'aws4fetch'
import { type FileStorage, STORAGE_KEY } from './file-storage.js'

/** Where a bucket is, and who may use it. */
export interface S3Options {
  /** With the bucket's name, as part of the host or of the path: `https://s3.eu-central-1.amazonaws.com/our-chat-files`. */
  url: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/** How long an answer may take to begin, in milliseconds; how long it takes to be read is its reader's business. */
const TIMEOUT_MS = 30_000

/** Files in a bucket of S3, or of whatever speaks its protocol. The bucket is private: nobody reads it but by us. */
export function s3Storage({ url, region, accessKeyId, secretAccessKey }: S3Options): FileStorage {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 })
  const base = url.replace(/\/+$/, '')
  async function send(
    method: string,
    key: string,
    headers: Record<string, string> = {},
    body?: Uint8Array<ArrayBuffer>,
  ) {
    if (!STORAGE_KEY.test(key)) throw new ChatError('INTERNAL', 'Not a key of a file.')
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), TIMEOUT_MS)
    const init = { method, headers, signal: late.signal, redirect: 'error' as const, ...(body ? { body } : {}) }
    const answer = await client
      .fetch(`${base}/${key}`, init)
      .catch((cause: unknown) => {
        throw new ChatError('UNAVAILABLE', 'The storage of the files cannot be reached.', { cause })
      })
      .finally(() => clearTimeout(timer))
    if (answer.ok || answer.status === 404) return answer
    await answer.body?.cancel()
    throw new ChatError('UNAVAILABLE', `The storage of the files refuses to ${method}: ${answer.status}.`)
  }
  return {
    async write(key, bytes) {
      const { status } = await send('PUT', key, { 'content-type': 'application/octet-stream' }, new Uint8Array(bytes))
      if (status === 404) throw new ChatError('UNAVAILABLE', 'The bucket of the files is not there.')
    },
    async read(key, range) {
      const answer = await send('GET', key, range ? { range: `bytes=${range.first}-${range.last}` } : {})
      if (answer.status !== 404) return answer.body ?? undefined
      await answer.body?.cancel()
      return undefined
    },
    async remove(key) {
      await (await send('DELETE', key)).body?.cancel()
    },
  }
}
