import type { CurrentMember } from '@chatdesk/protocol'
import { MantineProvider } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { type BaseLocationHook, Route, Router, Switch, useRoute } from 'wouter'
import { createLeaveGuard, LeaveDialog, LeaveGuardProvider } from './admin/leave-guard.js'
import type { EntryApi } from './api/entry-api.js'
import { ConsoleProvider, type ConsoleServices } from './client/console-services.js'
import { FirstRunPage } from './entry/first-run-page.js'
import { ForgotPage } from './entry/forgot-page.js'
import { InvitePage } from './entry/invite-page.js'
import { ResetPage } from './entry/reset-page.js'
import { LoadingPage } from './session/loading-page.js'
import type { Session } from './session/session.js'
import { SignInPage } from './session/sign-in-page.js'
import { UnreachablePage } from './session/unreachable-page.js'
import { ConsolePage } from './shell/console-page.js'
import { cssVariables, theme } from './theme/theme.js'

const SetupPage = lazy(async () => ({ default: (await import('./setup/setup-page.js')).SetupPage }))

/** What the console is made of; the location is a hook of wouter, in the address's hash so that any mount path will do. */
export interface AppProps {
  session: Session
  entry: EntryApi
  locationHook: BaseLocationHook
  createServices: (current: CurrentMember) => ConsoleServices
}

/** The console: a gate of sign-in, and behind it the inbox. The address stays as it is through a sign-in. */
export function App({ session, entry, locationHook, createServices }: AppProps) {
  useEffect(() => void session.load(), [session])
  const [{ guard, guardedHook }] = useState(() => {
    const made = createLeaveGuard()
    return { guard: made, guardedHook: made.wrap(locationHook) }
  })
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <LeaveGuardProvider value={guard}>
        <Router hook={guardedHook}>
          <Switch>
            <Route path="/invite/:token">
              {({ token }) => <InvitePage key={token} session={session} entry={entry} token={token} />}
            </Route>
            <Route path="/reset/:token">{({ token }) => <ResetPage entry={entry} token={token} />}</Route>
            <Route path="/forgot">
              <ForgotPage entry={entry} />
            </Route>
            <Route>
              <Gate session={session} entry={entry} createServices={createServices} />
            </Route>
          </Switch>
        </Router>
        <LeaveDialog guard={guard} locationHook={locationHook} />
      </LeaveGuardProvider>
    </MantineProvider>
  )
}

function Gate({ session, entry, createServices }: Pick<AppProps, 'session' | 'entry' | 'createServices'>) {
  const state = useStore(session.$state)
  const [isSetup] = useRoute('/setup/*?')
  switch (state.status) {
    case 'loading':
      return <LoadingPage />
    case 'signed-out':
      if (isSetup && !state.expired) return <FirstRunPage session={session} entry={entry} />
      return <SignInPage session={session} entry={entry} expired={state.expired} />
    case 'unreachable':
      return <UnreachablePage error={state.error} onRetry={session.load} />
    case 'signed-in': {
      // Another member, organization or role is another console.
      const { member, organization } = state.current
      const key = `${member.id} ${organization.id} ${member.role}`
      return <SignedIn key={key} current={state.current} createServices={createServices} />
    }
  }
}

function SignedIn({ current, createServices }: { current: CurrentMember } & Pick<AppProps, 'createServices'>) {
  const [services, setServices] = useState<ConsoleServices | null>(null)
  // One client for as long as this stands: a renewed CSRF token is the session's affair.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const made = createServices(current)
    setServices(made)
    // A failure stands in `$connection`, which the console shows.
    made.client.start().catch(() => undefined)
    return () => void made.client.dispose()
  }, [createServices])
  if (!services) return null
  return (
    <ConsoleProvider value={services}>
      <Switch>
        <Route path="/setup/:step?">
          {({ step }) => (
            <Suspense fallback={<LoadingPage />}>
              <SetupPage step={step} />
            </Suspense>
          )}
        </Route>
        <Route>
          <ConsolePage />
        </Route>
      </Switch>
    </ConsoleProvider>
  )
}
