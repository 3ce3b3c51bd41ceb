import type { Macro } from '@chatdesk/protocol'
import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { Zap } from 'lucide-react'
import { useState } from 'react'
import { Dialog } from '../admin/dialog.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { useCommands } from '../commands/command-store.js'
import styles from './macros.module.css'
import { RunMacro } from './run-macro.js'

const MENU_STYLES = {
  dropdown: styles.dropdown ?? '',
  item: styles.item ?? '',
  label: styles.label ?? '',
}

/** Options of `MacroMenu`. */
export interface MacroMenuProps {
  conversationId: string
  /** It is on the screen, so that the command bar can open it. */
  shown: boolean
}

/** The team's macros, to be run in a conversation: what each does stands there before it does it. */
export function MacroMenu({ conversationId, shown }: MacroMenuProps) {
  const [chosen, setChosen] = useState<Macro | null>(null)
  const [opened, setOpened] = useState(false)
  const close = () => setChosen(null)
  useCommands(
    shown
      ? [
          {
            ...{ id: 'macro', group: 'Conversation', label: 'Run a macro…', keywords: 'steps automate' },
            icon: <Zap size={16} strokeWidth={1.75} />,
            run: () => setOpened(true),
          },
        ]
      : [],
  )
  return (
    <>
      <Menu
        opened={opened}
        onChange={setOpened}
        position="top-start"
        shadow="md"
        radius={12}
        width={280}
        trapFocus
        classNames={MENU_STYLES}
      >
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label="Run a macro">
            <Tooltip label="Run a macro" disabled={opened}>
              <Zap size={18} strokeWidth={1.75} aria-hidden />
            </Tooltip>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MacroItems onChoose={setChosen} />
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={chosen !== null} onClose={close} title={chosen?.name ?? ''}>
        {chosen && <RunMacro macro={chosen} conversationId={conversationId} onClose={close} />}
      </Dialog>
    </>
  )
}

function MacroItems({ onChoose }: { onChoose: (macro: Macro) => void }) {
  const { admin } = useConsole()
  const macros = useLoaded(() => admin.desk.macros.list())
  return (
    <LoadView loaded={macros}>
      {(rows) =>
        rows.length === 0 ? (
          <Menu.Label>No macros yet. An admin makes them under Settings › Macros.</Menu.Label>
        ) : (
          <div className={styles.items}>
            {rows.map((macro) => (
              <Menu.Item key={macro.id} onClick={() => onChoose(macro)}>
                <span dir="auto">{macro.name}</span>
              </Menu.Item>
            ))}
          </div>
        )
      }
    </LoadView>
  )
}
