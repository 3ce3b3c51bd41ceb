import { randomUUID } from 'node:crypto'
import { type ErrorBody, LIMITS, type UploadResponse } from '@chatdesk/protocol'
import type { TestServer } from '../../testing/index.js'

/** What an upload ends with: what the server says of it, or its refusal. */
export type UploadAnswer = { status: number } & (
  | { upload: UploadResponse['upload']; code?: undefined }
  | { upload?: undefined; code: string; message: string }
)

/** A file as somebody sends it. */
export interface FileToSend {
  name: string
  bytes: Buffer
  mediaType?: string
  uploadId?: string
}

/** Sends requests of uploads, as anybody may who has these headers. */
export function uploadClient(server: TestServer, headers: Record<string, string>, family = '/api/widget') {
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<UploadAnswer> => {
    const answer = await fetch(`${server.url}${family}/upload${path}`, {
      method,
      headers: { origin: server.origin, ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const { upload, error } = (text === '' ? {} : JSON.parse(text)) as Partial<UploadResponse & ErrorBody>
    if (upload) return { status: answer.status, upload }
    return { status: answer.status, code: error?.code ?? '', message: error?.message ?? '' }
  }
  const client = {
    begin: ({ name, bytes, mediaType = '', uploadId = randomUUID() }: FileToSend) =>
      ask('POST', '', { uploadId, name, mediaType, sizeBytes: bytes.length }),
    put: (id: string, offset: number, bytes: Buffer) =>
      ask('PUT', `/${id}?offset=${offset}`, bytes, 'application/octet-stream'),
    cancel: (id: string) => ask('DELETE', `/${id}`),
    /** The whole way, chunk by chunk. */
    async send(file: FileToSend): Promise<UploadAnswer> {
      let answer = await client.begin(file)
      while (answer.upload && !answer.upload.file) {
        const { id, receivedBytes } = answer.upload
        answer = await client.put(
          id,
          receivedBytes,
          file.bytes.subarray(receivedBytes, receivedBytes + LIMITS.chunkBytes),
        )
      }
      return answer
    },
    /** In one piece, as a form. */
    async form({ name, bytes, mediaType = '', uploadId }: FileToSend): Promise<UploadAnswer> {
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(bytes)], { type: mediaType }), name)
      if (uploadId) form.set('uploadId', uploadId)
      const answer = await fetch(`${server.url}${family}/upload`, {
        method: 'POST',
        headers: { origin: server.origin, ...headers },
        body: form,
      })
      const { upload, error } = (await answer.json()) as Partial<UploadResponse & ErrorBody>
      if (upload) return { status: answer.status, upload }
      return { status: answer.status, code: error?.code ?? '', message: error?.message ?? '' }
    },
  }
  return client
}
