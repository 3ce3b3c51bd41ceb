import type { CurrentMember } from '@chatdesk/protocol'
import { MantineProvider } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { useEffect, useState } from 'react'
import { type BaseLocationHook, Router } from 'wouter'
import { ConsoleProvider, type ConsoleServices } from './client/console-services.js'
import { LoadingPage } from './session/loading-page.js'
import type { Session } from './session/session.js'
import { SignInPage } from './session/sign-in-page.js'
import { UnreachablePage } from './session/unreachable-page.js'
import { ConsolePage } from './shell/console-page.js'
import { cssVariables, theme } from './theme/theme.js'

/** What the console is made of; the location is a hook of wouter, in the address's hash so that any mount path will do. */
export interface AppProps {
  session: Session
  locationHook: BaseLocationHook
  createServices: (current: CurrentMember) => ConsoleServices
}

/** The console: a gate of sign-in, and behind it the inbox. The address stays as it is through a sign-in. */
export function App({ session, locationHook, createServices }: AppProps) {
  useEffect(() => void session.load(), [session])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Router hook={locationHook}>
        <Gate session={session} createServices={createServices} />
      </Router>
    </MantineProvider>
  )
}

function Gate({ session, createServices }: Pick<AppProps, 'session' | 'createServices'>) {
  const state = useStore(session.$state)
  switch (state.status) {
    case 'loading':
      return <LoadingPage />
    case 'signed-out':
      return <SignInPage session={session} expired={state.expired} />
    case 'unreachable':
      return <UnreachablePage error={state.error} onRetry={session.load} />
    case 'signed-in':
      return <SignedIn key={state.current.member.id} current={state.current} createServices={createServices} />
  }
}

function SignedIn({ current, createServices }: { current: CurrentMember } & Pick<AppProps, 'createServices'>) {
  const [services, setServices] = useState<ConsoleServices | null>(null)
  // One client for one member: a renewed CSRF token is the session's affair.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const made = createServices(current)
    setServices(made)
    // A failure stands in `$connection`, which the console shows.
    made.client.start().catch(() => undefined)
    return () => void made.client.dispose()
  }, [current.member.id, createServices])
  if (!services) return null
  return (
    <ConsoleProvider value={services}>
      <ConsolePage />
    </ConsoleProvider>
  )
}
