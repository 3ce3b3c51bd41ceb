import type { SaidPart } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { useEffect, useRef, useState } from 'react'
import { useConsole } from '../../client/console-services.js'
import { MOST_FILES, type StagedFile } from './staged-files.js'

/** What a reply box has of files. */
export function useReplyFiles(conversationId: string) {
  const staged = useConsole().stagedFiles(conversationId)
  const files = useStore(staged.$files)
  const [notice, setNotice] = useState('')
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  return {
    staged,
    files,
    notice,
    add: (chosen: FileList) => setNotice(staged.add(chosen) ? '' : `A message holds at most ${MOST_FILES} files.`),
    /** False: one of them is refused. */
    get canSend() {
      return files.every(({ upload }) => upload && upload.$state.get().status !== 'failed')
    },
    /** Waits for all of them; null when one is refused or taken out, or nobody waits any more. */
    async ready(): Promise<{ files: readonly StagedFile[]; parts: SaidPart[] } | null> {
      setNotice('Sent as soon as the files are uploaded.')
      try {
        const parts = await Promise.all(files.flatMap(({ upload }) => upload?.done ?? []))
        return mounted.current ? { files, parts } : null
      } catch {
        return null
      } finally {
        setNotice('')
      }
    },
  }
}
