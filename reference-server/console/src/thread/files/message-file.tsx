import type { FilePart } from '@chatdesk/protocol'
import { Download, File as FileIcon, Image } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useConsole } from '../../client/console-services.js'
import { fileSize } from '../../text/file-size.js'
import styles from './files.module.css'

/** Longest side of a picture in the thread, in pixels, and the shortest of what would hardly be seen. */
const [MOST, LEAST] = [320, 48]

/** Options of `MessageFile`. */
export interface MessageFileProps {
  part: FilePart
  conversationId: string
  /** Not in the log yet: nobody has a link to it. */
  pending: boolean
}

/** A file of a message: a picture, or what it is called and how large it is. It opens by a link of a few minutes (U7). */
export function MessageFile({ part, conversationId, pending }: MessageFileProps) {
  const { files } = useConsole()
  const [broken, setBroken] = useState(false)
  const { fileId, name, mediaType, width, height } = part
  const isPicture = mediaType.startsWith('image/') && Boolean(width && height)

  function open() {
    files.link(conversationId, fileId).then(
      ({ url }) => window.open(url, '_blank', 'noopener,noreferrer'),
      () => setBroken(true),
    )
  }

  if (isPicture) {
    const scale = Math.min(1, MOST / (width ?? 1), MOST / (height ?? 1))
    const side = (pixels = 1) => Math.max(LEAST, Math.round(pixels * scale))
    const box = { inlineSize: side(width), aspectRatio: `${side(width)} / ${side(height)}` }
    return (
      <button
        type="button"
        className={styles.image}
        style={box}
        disabled={pending}
        title={name}
        aria-label={`${name} (opens in a new tab)`}
        onClick={open}
      >
        {pending ? <NoPicture broken={false} /> : <Picture part={part} conversationId={conversationId} />}
      </button>
    )
  }
  const size = fileSize(part.sizeBytes)
  return (
    <button
      type="button"
      className={styles.card}
      disabled={pending}
      aria-label={`Download ${name}, ${size}`}
      onClick={open}
    >
      <FileIcon size={20} strokeWidth={1.75} aria-hidden />
      <span className={styles.words}>
        <bdi className={styles.name}>{name}</bdi>
        <span className={styles.state}>{broken ? 'Cannot be opened right now' : size}</span>
      </span>
      <Download size={18} strokeWidth={1.75} aria-hidden />
    </button>
  )
}

function Picture({ part: { fileId, name }, conversationId }: { part: FilePart; conversationId: string }) {
  const { files } = useConsole()
  const [src, setSrc] = useState('')
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    let current = true
    files.link(conversationId, fileId).then(
      ({ url }) => current && setSrc(url),
      () => current && setBroken(true),
    )
    return () => {
      current = false
    }
  }, [files, conversationId, fileId])
  if (broken || src === '') return <NoPicture broken={broken} />
  return <img src={src} alt={name} onError={() => setBroken(true)} />
}

function NoPicture({ broken }: { broken: boolean }) {
  return (
    <span className={styles.noPicture}>
      <Image size={20} strokeWidth={1.75} aria-hidden />
      {broken && 'Cannot be shown right now'}
    </span>
  )
}
