import { Modal } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { useEffect, useRef } from 'react'
import type { PickerOption } from '../picker/filter-options.js'
import { Picker } from '../picker/picker.js'
import styles from './command-bar.module.css'
import { useCommandStore } from './command-store.js'
import { useNavigationCommands } from './navigation-commands.js'

/** Options of `CommandBar`. */
export interface CommandBarProps {
  opened: boolean
  onOpen: () => void
  onClose: () => void
}

/** Ctrl+K or Cmd+K: whatever can be done here, by its words. */
export function CommandBar({ opened, onOpen, onClose }: CommandBarProps) {
  /** Runs when the bar is gone, so that what it opens gets the focus and keeps it. */
  const chosen = useRef<PickerOption | null>(null)
  const toggle = useRef(() => {})
  toggle.current = opened ? onClose : onOpen

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isOurs = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
      if (!isOurs || event.altKey || event.shiftKey || event.defaultPrevented) return
      event.preventDefault()
      toggle.current()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => {
        const option = chosen.current
        chosen.current = null
        option?.run()
      }}
      centered={false}
      yOffset="12dvh"
      size={560}
      padding={0}
      transitionProps={{ duration: 100 }}
    >
      <Modal.Overlay />
      <Modal.Content className={styles.bar ?? ''} aria-label="Commands">
        <Commands
          onPick={(option) => {
            chosen.current = option
            onClose()
          }}
        />
      </Modal.Content>
    </Modal.Root>
  )
}

/** What one does here comes first, where one goes second. */
const GROUPS = ['Conversation', 'Go to', 'Console']

/** What comes while the bar is open stands in it: a conversation may still be loading. */
function Commands({ onPick }: { onPick(option: PickerOption): void }) {
  const here = useStore(useCommandStore().$commands)
  const navigation = useNavigationCommands()
  const options = [...here, ...navigation].sort((a, b) => GROUPS.indexOf(a.group ?? '') - GROUPS.indexOf(b.group ?? ''))
  return (
    <Picker
      label="Commands"
      placeholder="What do you want to do?"
      emptyText="No command of this name."
      options={options.map((option) => ({ ...option, run: () => onPick(option) }))}
    />
  )
}
