import { ActionIcon, Tooltip } from '@mantine/core'
import { CreditCard } from 'lucide-react'

/** Begins to ask for money, from beside what is written. */
export function RequestButton({ onClick }: { onClick: () => void }) {
  return (
    <Tooltip label="Request a payment">
      <ActionIcon variant="subtle" color="gray" size={32} aria-label="Request a payment" onClick={onClick}>
        <CreditCard size={18} strokeWidth={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
