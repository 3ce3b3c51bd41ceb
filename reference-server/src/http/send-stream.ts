import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'

/** Sends what is read, as fast as it is taken; rejects when it cannot be read. */
export async function sendStream(source: Readable, response: Response): Promise<void> {
  await pipeline(source, response).catch((error: NodeJS.ErrnoException) => {
    // Whoever goes away in the middle is no failure of ours. By the connection the two cannot be told apart: it has ended by now.
    if (!error.code?.startsWith('ERR_STREAM_')) throw error
  })
}
