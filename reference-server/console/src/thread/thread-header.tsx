import type { AgentConversation } from '@chatdesk/core/agent'
import { ActionIcon, Tooltip } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { ArrowLeft, Check, PanelRight, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useConsole } from '../client/console-services.js'
import { useCommands } from '../commands/command-store.js'
import type { PickerOption } from '../picker/filter-options.js'
import { Avatar } from '../shell/avatar.js'
import { type ShortcutKey, useShortcut } from '../shell/shortcuts.js'
import { useArrivalFocus } from '../shell/use-arrival-focus.js'
import { PresenceMark } from './presence-mark.js'
import { StatusBadge } from './status-badge.js'
import styles from './thread.module.css'
import { Viewers } from './viewers.js'
import type { ConversationWork } from './work/use-conversation-work.js'
import { workCommands } from './work/work-commands.js'
import { type WorkMenu, WorkMenus } from './work/work-menus.js'

/** Options of `ThreadHeader`. */
export interface ThreadHeaderProps {
  visitor: { id: string; name: string }
  conversation: AgentConversation
  work: ConversationWork
  detailsShown: boolean
  onToggleDetails: () => void
  onEnd: () => void
}

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const
const KEYS: readonly ShortcutKey[] = ['a', 't', 's', 'p', 'l', 'e', 'o']

/** As a page of its own the thread takes the focus with it; beside the list, the list keeps it. */
const isPageOfItsOwn = () => !window.matchMedia('(min-width: 1024px)').matches

/** Whom one talks to, where it stands, and what can be done with it. */
export function ThreadHeader({ visitor, conversation, work, detailsShown, ...does }: ThreadHeaderProps) {
  const { current } = useConsole()
  const [, navigate] = useLocation()
  const { status, agent, synced } = useStore(conversation.$conversation)
  const [menu, setMenu] = useState<WorkMenu | null>(null)
  const headingRef = useArrivalFocus(isPageOfItsOwn)
  const resolved = status === 'resolved'
  const offers = synced && work.allowed
  const commands: readonly PickerOption[] = offers
    ? workCommands({ work, selfId: current.member.id, status, agent, openMenu: setMenu, onEnd: does.onEnd })
    : []

  useCommands(commands)
  useShortcut(KEYS, ({ key }) => {
    const command = commands.find(({ shortcut }) => shortcut === key.toUpperCase())
    command?.run()
    return command !== undefined
  })

  return (
    <header className={styles.head}>
      <ActionIcon className={styles.back} onClick={() => navigate('/')} aria-label="Back to the inbox">
        <ArrowLeft {...ICON} />
      </ActionIcon>
      <Avatar id={visitor.id} name={visitor.name} size={32} />
      <div className={styles.who}>
        <h2 ref={headingRef} tabIndex={-1} dir="auto" title={visitor.name}>
          {visitor.name}
        </h2>
        {synced && (
          <p>
            <PresenceMark conversation={conversation} />
            {/* Whom it is assigned to stands beside. */}
            {!(offers && status === 'assigned') && <StatusBadge status={status} />}
            {!offers && agent?.name && <span dir="auto">{agent.name}</span>}
          </p>
        )}
      </div>
      <Viewers conversation={conversation} />
      <div className={styles.tools}>
        {offers && (
          <>
            <WorkMenus
              work={work}
              agent={agent}
              // In the menu these close it themselves, or put their picker into its place.
              commands={commands.map((command) => ({
                ...{ ...command, group: '' },
                run() {
                  setMenu(null)
                  command.run()
                },
              }))}
              menu={menu}
              setMenu={setMenu}
            />
            <Tooltip label={resolved ? 'Reopen the conversation (O)' : 'End the conversation (E)'}>
              <ActionIcon
                onClick={resolved ? work.reopen : does.onEnd}
                aria-label={resolved ? 'Reopen the conversation' : 'End the conversation'}
              >
                {resolved ? <RotateCcw {...ICON} /> : <Check {...ICON} />}
              </ActionIcon>
            </Tooltip>
          </>
        )}
        <Tooltip label={detailsShown ? 'Hide the details (D)' : 'Show the details (D)'}>
          <ActionIcon onClick={does.onToggleDetails} aria-label="Details" aria-expanded={detailsShown}>
            <PanelRight {...ICON} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  )
}
