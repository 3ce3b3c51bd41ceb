import { Button, type ButtonProps } from '@mantine/core'
import { Check, Copy, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'

/** How long the button says what it has done. */
const SAID_MS = 2000

const LABELS = { ready: 'Copy', copied: 'Copied', refused: 'Select and copy it by hand' } as const
const ICONS = { ready: Copy, copied: Check, refused: TriangleAlert } as const

/** Puts a text on the clipboard, and says that it has. `what` names it to those who do not see it. */
export function CopyButton({ text, what, ...props }: { text: string; what: string } & ButtonProps) {
  const [state, setState] = useState<keyof typeof LABELS>('ready')
  useEffect(() => {
    if (state === 'ready') return
    const timer = setTimeout(() => setState('ready'), SAID_MS)
    return () => clearTimeout(timer)
  }, [state])
  const Icon = ICONS[state]
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    )
  return (
    <>
      <Button
        variant="default"
        size="xs"
        fz={13}
        {...props}
        onClick={() => void copy()}
        leftSection={<Icon size={16} strokeWidth={1.75} aria-hidden />}
        aria-label={`${LABELS[state]}: ${what}`}
      >
        {LABELS[state]}
      </Button>
      <output className="chatdesk-hidden">{state === 'ready' ? '' : `${LABELS[state]}: ${what}`}</output>
    </>
  )
}
