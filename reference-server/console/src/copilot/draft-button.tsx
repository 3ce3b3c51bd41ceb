import { ActionIcon, Tooltip } from '@mantine/core'
import { Sparkles } from 'lucide-react'
import { useCommands } from '../commands/command-store.js'
import type { ReplyDraft } from './use-draft.js'

/** Asks for a draft. `onShow`: the reply is to be seen, since the command bar may ask while a note is. */
export function DraftButton({ draft, onShow }: { draft: ReplyDraft; onShow: () => void }) {
  useCommands([
    {
      ...{ id: 'draft', group: 'Conversation', label: 'Draft a reply', keywords: 'suggest copilot assistant answer' },
      icon: <Sparkles size={16} strokeWidth={1.75} />,
      run() {
        onShow()
        draft.ask()
      },
    },
  ])
  return (
    // What has come stands where the label would be, and the pointer is still there.
    <Tooltip label="Draft a reply" disabled={draft.busy || draft.shown !== null || draft.error !== null}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        loading={draft.busy}
        onClick={draft.ask}
        aria-label="Draft a reply"
      >
        <Sparkles size={18} strokeWidth={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
