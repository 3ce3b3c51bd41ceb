import * as z from 'zod/mini'
import { clientId, timestamp } from './entities.js'
import { filePart } from './message-parts.js'

/** `POST …/upload` with JSON: begins an upload, or asks how far it has come: the same `uploadId` is the same upload (U2). */
export const beginUploadRequest = z.strictObject({
  uploadId: clientId,
  name: z.string().check(z.minLength(1), z.maxLength(1000)),
  /** As the browser has it; empty when it does not know. */
  mediaType: z.string().check(z.maxLength(200), z.regex(/^[ -~]*$/)),
  sizeBytes: z.int().check(z.positive()),
})

/** Query of `PUT …/upload/:id`: where its body stands in the file. */
export const uploadChunkQuery = z.object({ offset: z.string().check(z.regex(/^\d{1,12}$/)) })

/** Answer of whatever begins, continues or ends an upload. `file` is there once it is ready to be sent (U4). */
export const uploadResponse = z.object({
  upload: z.object({
    id: z.string(),
    receivedBytes: z.int(),
    sizeBytes: z.int(),
    file: z.nullable(filePart),
  }),
})

/** Query of `GET /api/files/:id`: the signature of a link. */
export const fileAccessQuery = z.object({ access: z.string().check(z.maxLength(300)) })

/** Answer of `GET …/conversations/:id/files/:fileId`: where the file is, below the server's mount point, until then (U7). */
export const fileLinkResponse = z.object({ path: z.string(), expiresAt: timestamp })
