import { ChatError } from '@chatdesk/protocol'
import {
  ActionIcon,
  Popover,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { useStore } from '@nanostores/react'
import {
  BookOpen,
  CreditCard,
  Inbox,
  Keyboard,
  type LucideIcon,
  MessagesSquare,
  Moon,
  Settings,
  Sun,
  Ticket,
  UserRoundCheck,
  UserRoundMinus,
  Users,
} from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { TeamMemberChanges } from '../api/team-api.js'
import { mayWrite, useConsole } from '../client/console-services.js'
import { useCommands } from '../commands/command-store.js'
import { awayText } from '../team/away-text.js'
import { ROLE_NAMES } from '../text/role-names.js'
import { Avatar } from './avatar.js'
import { AWAY_FOR } from './away-times.js'
import { Logo } from './logo.js'
import { OwnStatus } from './own-status.js'
import statusStyles from './own-status.module.css'
import { PAGES_BESIDE_INBOX } from './pages.js'
import styles from './shell.module.css'
import { SignOutButton } from './sign-out-button.js'
import { useOwnStatus } from './use-own-status.js'

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const
const COMMAND_ICON = { size: 16, strokeWidth: 1.75 } as const

/** The 56 px at the edge: where to go, and everything about oneself. */
export function NavigationRail({ unread, onShowKeys }: { unread: number; onShowKeys: () => void }) {
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const [location] = useLocation()
  const schemeLabel = dark ? 'Switch to light colours' : 'Switch to dark colours'
  return (
    <nav className={styles.rail} aria-label="ChatDesk">
      <span className={styles.railLogo}>
        <Logo size={32} />
      </span>
      <RailLink href="/" label="Inbox" icon={Inbox} current={!PAGES_BESIDE_INBOX.test(location)} unread={unread} />
      <RailLink href="/tickets" label="Tickets" icon={Ticket} current={/^\/tickets(\/|$)/.test(location)} />
      <RailLink href="/visitors" label="Visitors" icon={Users} current={/^\/visitors(\/|$)/.test(location)} />
      <RailLink href="/payments" label="Payments" icon={CreditCard} current={/^\/payments(\/|$)/.test(location)} />
      <RailLink href="/knowledge" label="Knowledge" icon={BookOpen} current={/^\/knowledge(\/|$)/.test(location)} />
      <RailLink href="/widgets" label="Widgets" icon={MessagesSquare} current={/^\/widgets(\/|$)/.test(location)} />
      <RailLink href="/settings" label="Settings" icon={Settings} current={/^\/settings(\/|$)/.test(location)} />
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

/** Options of `RailLink`. */
interface RailLinkProps {
  href: string
  label: string
  icon: LucideIcon
  current: boolean
  unread?: number
}

function RailLink({ href, label, icon: Icon, current, unread = 0 }: RailLinkProps) {
  return (
    <Tooltip label={label} position="right">
      <Link
        href={href}
        className={styles.railLink}
        aria-label={unread > 0 ? `${label}, ${unread} unread` : label}
        aria-current={current ? 'page' : undefined}
      >
        <Icon {...ICON} />
        {unread > 0 && <span className={styles.railDot} />}
      </Link>
    </Tooltip>
  )
}

function AccountMenu() {
  const { admin: api, current, $now } = useConsole()
  const now = useStore($now)
  const { member, organization } = current
  const [opened, setOpened] = useState(false)
  const { own, setOwn, load } = useOwnStatus()
  const away = own?.availability === 'away'
  const status = own && mayWrite(current) ? (away ? `, ${awayText(own, now).toLowerCase()}` : ', available') : ''
  const turn = async (id: string, changes: TeamMemberChanges) => {
    try {
      setOwn(await api.team.update(id, changes))
    } catch (error) {
      if (!ChatError.isInstance(error)) throw error
      // There it stands as it is, and another try says why.
      setOpened(true)
    }
  }
  useCommands(
    own
      ? [
          {
            ...{ id: 'own-status', group: 'Console', label: away ? 'Set yourself available' : 'Set yourself away' },
            keywords: 'status available away pause break',
            icon: away ? <UserRoundCheck {...COMMAND_ICON} /> : <UserRoundMinus {...COMMAND_ICON} />,
            run: () => void turn(own.id, { availability: away ? 'available' : 'away' }),
          },
          ...AWAY_FOR.map(({ name, ms }) => ({
            ...{ id: `away-for-${name}`, group: 'Console', label: `Away for ${name}` },
            keywords: 'status pause break back lunch',
            icon: <UserRoundMinus {...COMMAND_ICON} />,
            run() {
              const backAt = new Date($now.get() + ms).toISOString()
              void turn(own.id, { availability: 'away', backAt })
            },
          })),
        ]
      : [],
  )
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="right-end"
      width={296}
      shadow="md"
      radius={12}
      offset={10}
      trapFocus
      returnFocus
      onOpen={load}
    >
      <Popover.Target>
        <UnstyledButton
          className={styles.account}
          onClick={() => setOpened(!opened)}
          aria-label={`Account of ${member.name}${status}`}
        >
          <Avatar id={member.id} name={member.name} size={32} />
          {own && <span className={statusStyles.dot} data-availability={own.availability} />}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Account" className={styles.accountCard}>
        <strong dir="auto">{member.name}</strong>
        <span>{member.email}</span>
        <span>
          {ROLE_NAMES[member.role]} · {organization.name}
        </span>
        {own && <OwnStatus own={own} onChanged={setOwn} />}
        <Link href="/settings/account" className={styles.accountLink}>
          Password and sign-ins
        </Link>
        <SignOutButton />
      </Popover.Dropdown>
    </Popover>
  )
}
