import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { BookOpen, CreditCard, Inbox, MessagesSquare, Moon, Settings, Sun, Ticket, Users } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useConsole } from '../client/console-services.js'
import { VIEW_NAMES, VIEWS } from '../inbox/inbox-choice.js'
import type { PickerOption } from '../picker/filter-options.js'

const ICON = { size: 16, strokeWidth: 1.75 } as const

/** Every page that this member sees, and what concerns the whole console. */
export function useNavigationCommands(): readonly PickerOption[] {
  const { current, $inboxChoice } = useConsole()
  const [, navigate] = useLocation()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const [settings, setSettings] = useState<readonly { path: string; name: string }[]>([])
  useEffect(() => {
    let wanted = true
    // With the administration itself, which those who only answer never load otherwise. Offline there is less to go to.
    import('../settings/settings-pages.js').then(
      ({ settingsPagesFor }) => wanted && setSettings(settingsPagesFor(current)),
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [current])

  const page = (path: string, label: string, icon: React.ReactNode): PickerOption => ({
    id: `go ${path}`,
    group: 'Go to',
    label,
    icon,
    run: () => navigate(path),
  })
  return [
    page('/', 'Inbox', <Inbox {...ICON} />),
    ...VIEWS.map((view) => ({
      ...{ id: `view ${view}`, group: 'Go to', label: VIEW_NAMES[view], hint: 'Inbox', icon: <Inbox {...ICON} /> },
      run() {
        $inboxChoice.set({ ...$inboxChoice.get(), view })
        navigate('/')
      },
    })),
    page('/tickets', 'Tickets', <Ticket {...ICON} />),
    page('/visitors', 'Visitors', <Users {...ICON} />),
    page('/payments', 'Payments', <CreditCard {...ICON} />),
    page('/knowledge', 'Knowledge', <BookOpen {...ICON} />),
    page('/widgets', 'Widgets', <MessagesSquare {...ICON} />),
    ...settings.map(({ path, name }) => ({ ...page(path, name, <Settings {...ICON} />), hint: 'Settings' })),
    {
      id: 'colours',
      group: 'Console',
      label: dark ? 'Switch to light colours' : 'Switch to dark colours',
      keywords: 'theme scheme',
      icon: dark ? <Sun {...ICON} /> : <Moon {...ICON} />,
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
  ]
}
