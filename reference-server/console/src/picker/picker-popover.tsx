import { Popover } from '@mantine/core'
import { type ReactElement, type ReactNode, useId } from 'react'
import styles from './picker.module.css'

/** Options of `PickerPopover`. */
export interface PickerPopoverProps {
  label: string
  opened: boolean
  onClose: () => void
  /** What it hangs from, and where the focus goes back to. */
  target: ReactElement
  /** Mounted while it is open only, so each opening begins afresh. */
  children: ReactNode
}

/** Holds a picker below the control that opens it. */
export function PickerPopover({ label, opened, onClose, target, children }: PickerPopoverProps) {
  const labelId = useId()
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && onClose()}
      position="bottom-end"
      width={300}
      shadow="md"
      radius={12}
      offset={6}
      trapFocus
      returnFocus
      transitionProps={{ duration: 120 }}
    >
      <Popover.Target>{target}</Popover.Target>
      {/* By its own name: Mantine would have it called as the control is that opens it. */}
      <Popover.Dropdown aria-labelledby={labelId} className={styles.dropdown ?? ''}>
        <span id={labelId} hidden>
          {label}
        </span>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
