import { ActionIcon, Button, TextInput } from '@mantine/core'
import { Globe, Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import admin from '../../admin/admin.module.css'
import { useRefusal } from '../../admin/refusal.js'
import styles from './editor.module.css'
import { originOf } from './origin-of.js'

/** Options of `DomainsSection`. */
export interface DomainsSectionProps {
  origins: readonly string[]
  onChange(origins: string[]): void
}

/** Which sites may use the widget. An empty list lets nobody in. */
export function DomainsSection({ origins, onChange }: DomainsSectionProps) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const refusal = useRefusal()
  function add() {
    const origin = originOf(typed)
    setWrong(origin === null)
    if (origin === null) return
    onChange([...new Set([...origins, origin])])
    setTyped('')
  }
  function addByKey(event: KeyboardEvent) {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <div className={admin.stack}>
      <div className={styles.addRow}>
        <TextInput
          label="Address of a site"
          description="Such as https://example.com; on your own machine http, as http://localhost:3000. With *. before its name, everything below it."
          placeholder="https://"
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          error={wrong ? 'Write the address as it stands in the browser, without a path.' : refusal('allowedOrigins')}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setWrong(false)
          }}
          onKeyDown={addByKey}
          maxLength={300}
        />
        <Button
          variant="default"
          size="md"
          leftSection={<Plus size={16} strokeWidth={1.75} aria-hidden />}
          onClick={add}
        >
          Add
        </Button>
      </div>
      {origins.length === 0 ? (
        <p className={admin.readOnly}>No site may use this widget yet.</p>
      ) : (
        <ul className={styles.days} aria-label="Sites">
          {origins.map((origin) => (
            <li key={origin} className={styles.origin}>
              <Globe size={16} strokeWidth={1.75} aria-hidden />
              <span dir="ltr">{origin}</span>
              <ActionIcon
                aria-label={`Take out ${origin}`}
                onClick={() => onChange(origins.filter((other) => other !== origin))}
              >
                <Trash2 size={16} strokeWidth={1.75} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
