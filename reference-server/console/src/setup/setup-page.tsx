import type { AdministeredWidget } from '@chatdesk/protocol'
import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import type { AdminApi } from '../api/admin-api.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { Logo } from '../shell/logo.js'
import { useDocumentTitle } from '../shell/use-document-title.js'
import { VisitBanner } from '../shell/visit-banner.js'
import { CodeStep } from './code-step.js'
import { DepartmentsStep } from './departments-step.js'
import { FormStep } from './form-step.js'
import { InviteStep } from './invite-step.js'
import styles from './setup.module.css'
import { createSetupProgress, SETUP_STEPS, type SetupStep } from './setup-steps.js'
import type { StepProps } from './step-props.js'

/** From an empty organization to a chat on one's own site. Each step may be passed over; whoever leaves goes on there. */
export function SetupPage({ step }: { step: string | undefined }) {
  useDocumentTitle('Set up · ChatDesk')
  const { current } = useConsole()
  if (!mayAdminister(current)) return <Redirect to="/" replace />
  return current.visiting ? <NotForGuests /> : <Steps step={step} />
}

/** Its first step makes a widget where there is none: no guest does that by opening a page. */
function NotForGuests() {
  const { current } = useConsole()
  return (
    <>
      <VisitBanner />
      <main className={styles.page}>
        <Head />
        <p>
          Only members set up <bdi>{current.organization.name}</bdi>, and you are its guest.
        </p>
      </main>
    </>
  )
}

function Head() {
  const { current } = useConsole()
  return (
    <header className={styles.head}>
      <Logo size={32} />
      <span dir="auto">{current.organization.name}</span>
      <Link href="/">Leave for now</Link>
    </header>
  )
}

function Steps({ step }: { step: string | undefined }) {
  const { admin: api, current } = useConsole()
  const [, navigate] = useLocation()
  const progress = useMemo(() => createSetupProgress(localStorage, current.organization.id), [current.organization.id])
  const widget = useLoaded(() => theWidget(api, current.organization.name))
  const place = SETUP_STEPS.findIndex(({ id }) => id === step)
  const known = SETUP_STEPS[place]
  useEffect(() => {
    if (known) progress.save(known.id)
  }, [known, progress])

  if (!known) return <Redirect to={`/setup/${progress.load()}`} replace />
  const following = SETUP_STEPS[place + 1]
  const next = () => navigate(following ? `/setup/${following.id}` : '/')

  return (
    <main className={styles.page}>
      <Head />
      <ol className={styles.steps} aria-label="Steps">
        <Step name="Account" state="done" />
        {SETUP_STEPS.map(({ id, name }, index) => (
          <Step key={id} name={name} href={`/setup/${id}`} state={stateOf(index - place)} />
        ))}
      </ol>
      <LoadView loaded={widget}>
        {(value) => drawStep(known.id, { widget: value, onWidget: widget.set, next })}
      </LoadView>
    </main>
  )
}

/** The first widget, made where there is none: the steps fill it. */
async function theWidget(api: AdminApi, name: string): Promise<AdministeredWidget> {
  const [first] = await api.widgets.list()
  return first ?? api.widgets.create({ name })
}

function drawStep(step: SetupStep, props: StepProps): ReactNode {
  if (step === 'departments') return <DepartmentsStep {...props} />
  if (step === 'form') return <FormStep {...props} />
  if (step === 'invite') return <InviteStep {...props} />
  return <CodeStep {...props} />
}

function stateOf(distance: number): 'done' | 'current' | 'ahead' {
  if (distance === 0) return 'current'
  return distance < 0 ? 'done' : 'ahead'
}

function Step({ name, state, href }: { name: string; state: 'done' | 'current' | 'ahead'; href?: string }) {
  const words = (
    <>
      <span className={styles.mark}>{state === 'done' && <Check size={12} strokeWidth={3} aria-label="Done:" />}</span>
      {name}
    </>
  )
  return (
    <li data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
      {href !== undefined && state === 'done' ? <Link href={href}>{words}</Link> : <span>{words}</span>}
    </li>
  )
}
