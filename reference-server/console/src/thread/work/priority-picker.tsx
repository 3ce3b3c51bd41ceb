import type { Priority } from '@chatdesk/protocol'
import { Picker } from '../../picker/picker.js'
import { PRIORITY_NAMES } from '../../text/priority-names.js'
import type { WorkPickerProps } from './assign-picker.js'
import { PriorityIcon } from './priority-icon.js'

/** How soon a conversation needs somebody, beside its age. */
export function PriorityPicker({ work, onDone }: WorkPickerProps) {
  return (
    <Picker
      label="Priority"
      placeholder="Priority…"
      options={(Object.keys(PRIORITY_NAMES) as Priority[]).map((priority) => ({
        id: priority,
        label: PRIORITY_NAMES[priority],
        icon: <PriorityIcon priority={priority} />,
        selected: work.row?.priority === priority || undefined,
        run() {
          work.setPriority(priority)
          onDone()
        },
      }))}
    />
  )
}
