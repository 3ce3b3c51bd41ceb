import { type Attachments, type FileKind, LIMITS } from '@chatdesk/protocol'
import { Checkbox, NativeSelect, Switch } from '@mantine/core'
import { useState } from 'react'
import admin from '../../admin/admin.module.css'
import { useRefusal } from '../../admin/refusal.js'
import { fileSize } from '../../text/file-size.js'
import styles from './editor.module.css'
import type { SettingsSectionProps } from './section-props.js'

const KINDS: readonly { kind: FileKind; name: string; types: string }[] = [
  { kind: 'image', name: 'Pictures', types: 'PNG, JPEG, GIF, WebP' },
  { kind: 'pdf', name: 'PDF', types: 'Read by most people, as bills and contracts' },
  { kind: 'text', name: 'Text', types: 'Plain text, Markdown, CSV' },
  { kind: 'office', name: 'Office documents', types: 'Word, Excel, PowerPoint and OpenDocument, without macros' },
  { kind: 'audio', name: 'Audio', types: 'MP3, M4A, Ogg, WAV' },
  { kind: 'video', name: 'Video', types: 'MP4, QuickTime, WebM' },
]

const MIB = 1024 ** 2
const SIZES = [1, 2, 5, 10, 25].map((size) => size * MIB)
const DEFAULT: Attachments = { kinds: ['image', 'pdf', 'text', 'office'], maxBytes: 10 * MIB }

/** Which files visitors may send (U1). */
export function FilesSection({ settings: { attachments }, change }: SettingsSectionProps) {
  const refusal = useRefusal()
  // What was chosen comes back with the switch.
  const [last, setLast] = useState(attachments ?? DEFAULT)
  function set(next: Attachments) {
    setLast(next)
    change({ attachments: next })
  }
  return (
    <div className={admin.stack}>
      <Switch
        label="Visitors may send files"
        description="Each is looked at: what is not of the kind that its name says, or may do harm, is refused."
        checked={attachments !== null}
        onChange={(event) => change({ attachments: event.currentTarget.checked ? last : null })}
      />
      {attachments && (
        <>
          <Checkbox.Group
            label="Kinds"
            value={attachments.kinds}
            error={refusal('attachments.kinds')}
            onChange={(chosen) => {
              // At least one stays: without any, the switch above is meant.
              const kinds = KINDS.map(({ kind }) => kind).filter((kind) => chosen.includes(kind))
              if (kinds.length > 0) set({ ...attachments, kinds })
            }}
          >
            <div className={admin.stack}>
              {KINDS.map(({ kind, name, types }) => (
                <Checkbox key={kind} value={kind} label={name} description={types} />
              ))}
            </div>
          </Checkbox.Group>
          <NativeSelect
            label="Largest file"
            value={attachments.maxBytes}
            error={refusal('attachments.maxBytes')}
            data={[...new Set([...SIZES, attachments.maxBytes])]
              .filter((bytes) => bytes <= LIMITS.fileBytes)
              .sort((a, b) => a - b)
              .map((bytes) => ({ value: `${bytes}`, label: fileSize(bytes) }))}
            onChange={(event) => set({ ...attachments, maxBytes: Number(event.currentTarget.value) })}
            classNames={{ wrapper: styles.short ?? '' }}
          />
        </>
      )}
    </div>
  )
}
