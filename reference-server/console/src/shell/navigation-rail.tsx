import {
  ActionIcon,
  Button,
  Popover,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { Inbox, Keyboard, LogOut, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { useConsole } from '../client/console-services.js'
import { Avatar } from './avatar.js'
import { Logo } from './logo.js'
import styles from './shell.module.css'

const ROLE_NAMES = {
  super_admin: 'Super admin',
  client_admin: 'Admin',
  agent: 'Agent',
  client_user: 'Reader',
} as const

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const

/** The 56 px at the edge: where to go, and everything about oneself. */
export function NavigationRail({ unread, onShowKeys }: { unread: number; onShowKeys: () => void }) {
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const schemeLabel = dark ? 'Switch to light colours' : 'Switch to dark colours'
  return (
    <nav className={styles.rail} aria-label="ChatDesk">
      <span className={styles.railLogo}>
        <Logo size={32} />
      </span>
      <Tooltip label="Inbox" position="right">
        <Link href="/" className={styles.railLink} aria-label={unread > 0 ? `Inbox, ${unread} unread` : 'Inbox'}>
          <Inbox {...ICON} />
          {unread > 0 && <span className={styles.railDot} />}
        </Link>
      </Tooltip>
      <span className={styles.railSpace} />
      <Tooltip label="Keyboard (?)" position="right">
        <ActionIcon size={40} onClick={onShowKeys} aria-label="Show the keys" className={styles.railKeys}>
          <Keyboard {...ICON} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={schemeLabel} position="right">
        <ActionIcon size={40} onClick={() => setColorScheme(dark ? 'light' : 'dark')} aria-label={schemeLabel}>
          {dark ? <Sun {...ICON} /> : <Moon {...ICON} />}
        </ActionIcon>
      </Tooltip>
      <AccountMenu />
    </nav>
  )
}

function AccountMenu() {
  const { current, signOut } = useConsole()
  const [failed, setFailed] = useState(false)
  const { member, organization } = current
  return (
    <Popover position="right-end" width={248} shadow="md" radius={12} offset={10} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={styles.account} aria-label={`Account of ${member.name}`}>
          <Avatar id={member.id} name={member.name} size={32} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Account" className={styles.accountCard}>
        <strong dir="auto">{member.name}</strong>
        <span>{member.email}</span>
        <span>
          {ROLE_NAMES[member.role]} · {organization.name}
        </span>
        <Button
          mt={12}
          variant="default"
          leftSection={<LogOut size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => signOut().catch(() => setFailed(true))}
        >
          Sign out
        </Button>
        {failed && (
          <p className={styles.accountError} role="alert">
            The server cannot be reached, so you are still signed in. Try again.
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
