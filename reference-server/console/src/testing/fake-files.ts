import type { FileClient, UploadState } from '@chatdesk/core/files'
import { ChatError, type FilePart } from '@chatdesk/protocol'
import { atom } from 'nanostores'
import { sampleId } from './sample-data.js'

/** Uploads that a test moves on by hand. */
export interface FakeFiles extends FileClient {
  /** Names of what was given up. */
  readonly cancelled: string[]
  /** Shows how an upload stands. */
  show(name: string, state: UploadState): void
  /** Ends an upload: it is ready, or refused. */
  settle(name: string, refusal?: ChatError): void
  /** What links lead to. */
  url: string
}

/** A 1 × 1 picture. */
const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

/** A `FileClient` without a server. */
export function createFakeFiles(): FakeFiles {
  const uploads = new Map<string, { show(state: UploadState): void; settle(refusal?: ChatError): void }>()
  const files: FakeFiles = {
    cancelled: [],
    url: PIXEL,
    show: (name, state) => uploads.get(name)?.show(state),
    settle: (name, refusal) => uploads.get(name)?.settle(refusal),
    upload(file) {
      const { name } = file as File
      const $state = atom<UploadState>({ status: 'queued' })
      const { promise, resolve, reject } = deferred<FilePart>()
      const part: FilePart = {
        ...{
          type: 'file',
          text: name,
          fileId: sampleId(5000 + uploads.size),
          name,
          mediaType: file.type,
          sizeBytes: file.size,
        },
      }
      uploads.set(name, {
        show: (state) => $state.set(state),
        settle(refusal) {
          $state.set(refusal ? { status: 'failed', error: refusal } : { status: 'ready', part })
          if (refusal) reject(refusal)
          else resolve(part)
        },
      })
      promise.catch(() => undefined)
      return {
        $state,
        done: promise,
        cancel() {
          files.cancelled.push(name)
          $state.set({ status: 'cancelled' })
          reject(new ChatError('ABORTED'))
        },
      }
    },
    link: async () => ({ url: files.url, expiresAt: new Date(Date.now() + 300_000).toISOString() }),
    dispose: () => undefined,
  }
  return files
}

function deferred<T>() {
  let resolve = (_value: T) => {}
  let reject = (_error: unknown) => {}
  const promise = new Promise<T>((...ends) => {
    ;[resolve, reject] = ends
  })
  return { promise, resolve, reject }
}
