import type { Upload, UploadState } from '@chatdesk/core/files'
import { ActionIcon } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { File as FileIcon, Image, RotateCcw, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { errorText } from '../../text/error-text.js'
import { fileSize } from '../../text/file-size.js'
import styles from './files.module.css'
import type { StagedFile, StagedFiles } from './staged-files.js'

/** Files that wait for their message. */
export function StagedList({ staged, files }: { staged: StagedFiles; files: readonly StagedFile[] }) {
  if (files.length === 0) return null
  return (
    <ul className={styles.staged} aria-label="Files to send">
      {files.map((one) =>
        one.upload ? (
          <Uploading key={one.key} staged={staged} one={one} upload={one.upload} />
        ) : (
          <Chip key={one.key} staged={staged} one={one} words={one.refusal} failed />
        ),
      )}
    </ul>
  )
}

function Uploading({ staged, one, upload }: { staged: StagedFiles; one: StagedFile; upload: Upload }) {
  return <Chip staged={staged} one={one} {...standing(useStore(upload.$state), one.file.size)} />
}

interface Standing {
  words: string
  percent?: number
  failed?: boolean
  again?: boolean
}

function Chip(props: Standing & { staged: StagedFiles; one: StagedFile }) {
  const { staged, one, words, percent, failed = false, again = false } = props
  const { name } = one.file
  return (
    <li className={styles.chip} data-failed={failed || undefined}>
      <Thumbnail file={one.file} />
      <span className={styles.words}>
        <bdi className={styles.name} title={name}>
          {name}
        </bdi>
        <span className={styles.state} role={failed ? 'alert' : undefined}>
          {words}
        </span>
        {percent !== undefined && (
          <span
            className={styles.progress}
            role="progressbar"
            aria-label={name}
            aria-valuenow={percent}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuetext={words}
          >
            <span style={{ inlineSize: `${percent}%` }} />
          </span>
        )}
      </span>
      {again && (
        <ActionIcon aria-label={`Try ${name} again`} onClick={() => staged.retry(one.key)}>
          <RotateCcw size={16} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon aria-label={`Remove ${name}`} onClick={() => staged.remove(one.key)}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </ActionIcon>
    </li>
  )
}

function standing(state: UploadState, sizeBytes: number): Standing {
  switch (state.status) {
    case 'failed': {
      const { code } = state.error
      // What the file itself is will not change.
      const again = !/^(FILE_|PAYLOAD|FORBIDDEN|NOT_SUPPORTED|VALIDATION)/.test(code)
      return { words: errorText(state.error), failed: true, again }
    }
    case 'uploading': {
      const percent = Math.round((100 * state.sentBytes) / state.totalBytes)
      return { words: `${state.waiting ? 'Goes on when the connection is back' : 'Uploading'}, ${percent} %`, percent }
    }
    case 'ready':
      return { words: `Ready to send, ${fileSize(sizeBytes)}` }
    default:
      return { words: 'Waiting', percent: 0 }
  }
}

/** The console's own policy allows no `blob:` pictures: drawn, not loaded. */
function Thumbnail({ file }: { file: File }) {
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null)
  const [drawn, setDrawn] = useState(false)
  const isImage = file.type.startsWith('image/')
  useEffect(() => {
    let current = true
    if (!canvas || !isImage) return
    createImageBitmap(file).then(
      (bitmap) => {
        const scale = canvas.width / Math.min(bitmap.width, bitmap.height)
        const [width, height] = [bitmap.width * scale, bitmap.height * scale]
        const [x, y] = [(canvas.width - width) / 2, (canvas.height - height) / 2]
        canvas.getContext('2d')?.drawImage(bitmap, x, y, width, height)
        bitmap.close()
        if (current) setDrawn(true)
      },
      // What is no picture is refused by the server, in words.
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [canvas, file, isImage])
  return (
    <span className={styles.thumbnail} aria-hidden>
      <canvas ref={setCanvas} width={72} height={72} hidden={!drawn} />
      {!drawn && (isImage ? <Image size={18} strokeWidth={1.75} /> : <FileIcon size={18} strokeWidth={1.75} />)}
    </span>
  )
}
