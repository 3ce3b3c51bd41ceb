import type { FileClient, Upload } from '@chatdesk/core/files'
import { LIMITS } from '@chatdesk/protocol'
import { atom, type ReadableAtom } from 'nanostores'

/** The words of a message are a part of it as well. */
export const MOST_FILES = LIMITS.parts - 1

/** A file that an agent has chosen. */
export interface StagedFile {
  key: number
  file: File
  /** Null: not even tried. */
  upload: Upload | null
  /** Why it is not tried. */
  refusal: string
}

/** What was chosen for one reply. */
export interface StagedFiles {
  readonly $files: ReadableAtom<readonly StagedFile[]>
  /** False: there were more than a message holds. */
  add(files: Iterable<File>): boolean
  retry(key: number): void
  remove(key: number): void
  /** They are in a message now. */
  forget(files: readonly StagedFile[]): void
}

/** Chosen files of each conversation: uploads go on while an agent looks at another. */
export function createStagedFiles(client: FileClient): (conversationId: string) => StagedFiles {
  const known = new Map<string, StagedFiles>()
  return (conversationId) => {
    const staged = known.get(conversationId) ?? stage(client)
    known.set(conversationId, staged)
    return staged
  }
}

function stage(client: FileClient): StagedFiles {
  const $files = atom<readonly StagedFile[]>([])
  let keys = 0
  const begin = (file: File, key: number): StagedFile => {
    const refusal =
      file.size === 0 ? 'This file is empty.' : file.size > LIMITS.fileBytes ? 'This file is larger than 25 MB.' : ''
    return { key, file, refusal, upload: refusal ? null : client.upload(file) }
  }
  return {
    $files,
    add(files) {
      const all = [...files]
      const taken = all.slice(0, MOST_FILES - $files.get().length)
      $files.set([...$files.get(), ...taken.map((file) => begin(file, ++keys))])
      return taken.length === all.length
    },
    retry: (key) => $files.set($files.get().map((one) => (one.key === key ? begin(one.file, key) : one))),
    remove(key) {
      const gone = $files.get().find((one) => one.key === key)
      $files.set($files.get().filter((one) => one !== gone))
      gone?.upload?.cancel()
    },
    forget: (files) => $files.set($files.get().filter((one) => !files.includes(one))),
  }
}
