import type { Priority } from '@chatdesk/protocol'
import styles from './work.module.css'

const BARS: Record<Priority, number> = { low: 1, normal: 2, high: 3, urgent: 3 }

/** Three bars, filled as far as it presses. Decoration: a word stands beside it. */
export function PriorityIcon({ priority }: { priority: Priority }) {
  return (
    <svg
      className={styles.priority}
      data-priority={priority}
      width={16}
      height={16}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          x={1.5 + bar * 5}
          y={10 - bar * 4}
          width={3}
          height={4 + bar * 4}
          rx={1}
          opacity={bar < BARS[priority] ? 1 : 0.3}
        />
      ))}
    </svg>
  )
}
