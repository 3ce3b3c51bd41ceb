import { ActionIcon, Tooltip } from '@mantine/core'
import { Paperclip } from 'lucide-react'
import { useRef } from 'react'

/** Opens the browser's picker of files. */
export function AttachButton({ onFiles }: { onFiles: (files: FileList) => void }) {
  const pickerRef = useRef<HTMLInputElement>(null)
  return (
    <>
      <Tooltip label="Attach files">
        <ActionIcon size={32} aria-label="Attach files" onClick={() => pickerRef.current?.click()}>
          <Paperclip size={18} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <input
        ref={pickerRef}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          if (currentTarget.files?.length) onFiles(currentTarget.files)
          // So that the same file can be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
