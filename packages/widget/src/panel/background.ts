/** What goes on behind a panel whether or not anybody says a command: fetched when the page is idle. */
import { createTracker } from '@chatdesk/core/tracker'
import { createVisitorActions, type VisitorActions } from '@chatdesk/core/visitor-actions'
import type { TrackedEvent, VisitorFacts } from '@chatdesk/protocol'
import type { WidgetEvents } from '../launcher/widget-events.js'
import { SHORT_EVENTS } from '../sdk/event-types.js'
import { mayStore } from '../widget-options.js'
import { readUserData } from './background/read-user-data.js'
import { refuseDrops } from './background/refuse-drops.js'
import { watchPages } from './background/watch-pages.js'
import { forgetVisitor } from './forget-visitor.js'
import type { PanelModel } from './panel-model.js'

/** What belongs to one client, for every chunk that does something in its name. */
export interface Background {
  readonly actions: VisitorActions
  /** Something that the visitor did, unless the page stops it. */
  track(event: TrackedEvent): Promise<void>
  /** Settles once those who listen are told. */
  listened: Promise<void>
  /** The page says itself where its visitor is. */
  stopWatchingPages(): void
}

const known = new WeakMap<object, Background>()

/** Begins what belongs to a panel; the same one however often it is asked. */
export async function attend(panel: PanelModel): Promise<Background> {
  const { client } = panel
  let background = known.get(client)
  if (!background) {
    background = begin(panel)
    known.set(client, background)
  }
  // A listener that was there before the command hears of it.
  await background.listened
  return background
}

function begin(panel: PanelModel): Background {
  const { client, options, events, container } = panel
  const actions = createVisitorActions(client)
  const tracker = createTracker({ client, mayTrack: () => mayStore(options) })
  async function track(event: TrackedEvent): Promise<void> {
    const told = events.gate ? await events.gate.tracked(event) : event
    if (!told) return
    if ('page' in told) tracker.page(told.page)
    else {
      tracker.track(told.name, told.properties)
      events.emit('track', { name: told.name })
    }
  }
  const acceptDrops = refuseDrops(container)
  const stopWatchingPages = watchPages((page) => void track({ page }))
  const background: Background = { actions, track, listened: Promise.resolve(), stopWatchingPages }
  let ended = false
  hearListeners(events, () => {
    // Of what is said, another widget tells.
    if (ended) return
    // The next one who listens tries again.
    background.listened = import('./events.js').then(({ tellMore }) => tellMore(panel)).catch(() => {})
  })
  introduce(panel, actions)
  // It may have come before this chunk did.
  client.port.$forgotten.subscribe((forgotten) => forgotten && forgetVisitor(panel, forgotten))
  const { dispose } = client
  client.dispose = () => {
    ended = true
    acceptDrops()
    stopWatchingPages()
    tracker.dispose()
    return dispose()
  }
  return background
}

/** What `init` says of the visitor is told to agents as soon as there is a session; who they are at the site, now. */
function introduce({ options: { userData, departmentId } }: PanelModel, actions: VisitorActions): void {
  const say = (option: string, facts: VisitorFacts) =>
    void actions.updateVisitor(facts).catch((error) => console.warn(`[chatdesk] ${option} was refused:`, error))
  if (userData?.id) void actions.identify({ id: userData.id })
  // Each for itself: where one is refused, the other arrives.
  if (userData) say('userData', { traits: readUserData(userData) })
  if (departmentId) say('departmentId', { departmentId })
}

/** Calls `bring` when somebody listens, now or later, to more than the panel tells by itself. */
function hearListeners(events: WidgetEvents, bring: () => void): void {
  const hear = (type: string) => {
    if (!(SHORT_EVENTS as readonly string[]).includes(type)) bring()
  }
  const { on } = events
  events.on = (type, listener) => {
    hear(type)
    return on(type, listener)
  }
  for (const [type] of events.all) hear(type)
}
