import '../theme/styles.js'
import { ChatError } from '@chatdesk/protocol'
import { memberRole } from '@chatdesk/protocol/schemas'
import { createRoot } from 'react-dom/client'
import { useHashLocation } from 'wouter/use-hash-location'
import { App } from '../app.js'
import { createFakeConsole } from './fake-console.js'
import { sampleNote, sampleTags } from './fake-team-work.js'
import { minutesAgo, PRIYA, sampleId, sampleMessage, sampleRow, visitor } from './sample-data.js'

/** Every state worth a look, by its name in `harness.html?state=…&role=…#/`. Development only; no build contains it. */
const STATES: Record<string, (fake: ReturnType<typeof createFakeConsole>) => void> = {
  usual: () => undefined,
  'sign-in': ({ session }) => session.$state.set({ status: 'signed-out', expired: false }),
  expired: ({ session }) => session.$state.set({ status: 'signed-out', expired: true }),
  throttled: ({ session }) => {
    session.$state.set({ status: 'signed-out', expired: false })
    session.signIn = async () => {
      throw new ChatError('RATE_LIMITED', 'Slow down.', { retryAfterMs: 42_000 })
    }
  },
  unreachable: ({ session }) =>
    session.$state.set({ status: 'unreachable', error: new ChatError('OFFLINE', 'Not reachable.') }),
  empty: ({ client }) => client.$inbox.set([]),
  loading: ({ client }) => {
    client.$inbox.set([])
    client.$inboxState.set({ loaded: false, hasMore: false })
    const { $conversation, $timeline } = client.conversation(sampleId(1))
    $timeline.set([])
    $conversation.set({ ...$conversation.get(), synced: false })
  },
  offline: ({ client }) => {
    const error = new ChatError('OFFLINE', 'Not reachable.')
    client.$connection.set({ status: 'waiting', attempt: 3, retryAt: Date.now() + 8000, error })
    const { $timeline } = client.conversation(sampleId(1))
    $timeline.set([
      ...$timeline.get(),
      { ...sampleMessage(0, PRIYA, 'About ten working days.', 0), seq: undefined, key: 'queued', delivery: 'queued' },
    ])
  },
  failed: ({ client }) =>
    client.$connection.set({ status: 'failed', error: new ChatError('FORBIDDEN_ORIGIN', 'Not from here.') }),
  refused: ({ client }) => {
    const { $timeline, $typing } = client.conversation(sampleId(1))
    $typing.set([visitor('Anaya Deshmukh')])
    $timeline.set([
      ...$timeline.get(),
      {
        ...sampleMessage(0, PRIYA, 'About ten working days.', 0),
        seq: undefined,
        key: 'failed',
        delivery: 'failed',
        error: new ChatError('RATE_LIMITED', 'Slow down.'),
      },
    ])
  },
  resolved: ({ client }) => {
    const { $conversation } = client.conversation(sampleId(1))
    $conversation.set({ ...$conversation.get(), status: 'resolved', agent: PRIYA })
  },
  urgent: ({ client, services }) => {
    const paged = { memberIds: [services.current.member.id], at: minutesAgo(1) }
    const [first, second, third, ...others] = client.$inbox.get()
    if (!first || !second || !third) return
    client.$inbox.set([first, { ...second, priority: 'urgent', paged }, { ...third, paged }, ...others])
  },
  noted: ({ client, admin, services }) => {
    const [row, ...others] = client.$inbox.get()
    if (!row) return
    services.$mentions.set(new Set([sampleId(3)]))
    const [, , documents, , vip] = sampleTags()
    const tagIds = [documents, vip].flatMap((tag) => tag?.id ?? [])
    client.$inbox.set([{ ...row, notes: 2, priority: 'high', tagIds, snoozedUntil: minutesAgo(-1300) }, ...others])
    admin.teamWork.notes = async () => [
      sampleNote(1, { text: 'Asked for the same in spring. @Jonas Weber knows the case.', mentions: [sampleId(901)] }),
      sampleNote(2, {
        text: 'The ministry takes ten days at the moment, not five.',
        author: { id: sampleId(901), name: 'Jonas Weber' },
        afterSeq: 12,
        createdAt: minutesAgo(0),
      }),
    ]
  },
  taken: ({ client, admin }) => {
    const assign = admin.teamWork.assign
    client.conversation(sampleId(1)).$conversation.set({
      ...client.conversation(sampleId(1)).$conversation.get(),
      status: 'waiting',
      agent: null,
    })
    admin.teamWork.assign = async (id, input) => ({ ...(await assign(id, input)), outcome: 'taken' })
  },
  long: ({ client }) => {
    const { $timeline, $conversation } = client.conversation(sampleId(1))
    $conversation.set({ ...$conversation.get(), hasOlder: true })
    $timeline.set(
      Array.from({ length: 80 }, (_, index) =>
        sampleMessage(
          index + 1,
          index % 3 ? visitor('Anaya Deshmukh') : PRIYA,
          `Line ${index + 1} of a long talk. `.repeat(1 + (index % 5)),
          400 - index * 3,
        ),
      ),
    )
  },
  thousand: ({ client }) =>
    client.$inbox.set(
      Array.from({ length: 1000 }, (_, index) =>
        sampleRow(index + 1, {
          unread: index % 4,
          waitingSince: index % 3 ? minutesAgo(index % 50) : null,
        }),
      ),
    ),
  'first-run': ({ session, entry }) => {
    session.$state.set({ status: 'signed-out', expired: false })
    entry.isFirstRun = async () => true
  },
  'no-widgets': ({ admin }) => {
    admin.widgets.list = async () => []
  },
  'not-loading': ({ admin }) => {
    admin.members.list = () => Promise.reject(new ChatError('UNAVAILABLE', 'Down.'))
    admin.widgets.list = () => new Promise(() => {})
  },
}

const query = new URLSearchParams(window.location.search)
const role = memberRole.safeParse(query.get('role'))
const reason = query.get('visiting')
const fake = createFakeConsole({
  role: role.success ? role.data : 'agent',
  ...(reason === null ? {} : { visiting: { reason } }),
})
STATES[query.get('state') ?? 'usual']?.(fake)
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <App
      session={fake.session}
      entry={fake.entry}
      locationHook={useHashLocation}
      createServices={() => fake.services}
    />,
  )
}
