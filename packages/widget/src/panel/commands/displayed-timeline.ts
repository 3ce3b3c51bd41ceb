import type { ChatClient, MessageView, TimelineEntry } from '@chatdesk/core'
import type { Author } from '@chatdesk/protocol'
import type { PanelModel } from '../panel-model.js'

/** Decides what is shown of a message; null: nothing. */
type Decide = (message: MessageView) => Promise<MessageView | null>

/** What a panel shows, where that is not what was said. */
export interface DisplayedTimeline {
  /** Shows a message of this page alone, behind what stands there now. */
  add(text: string, author: Author): void
  /** Asks before each message that is drawn from now on. */
  decideBy(decide: Decide | undefined): void
}

const known = new WeakMap<ChatClient, DisplayedTimeline>()

/** Takes the place of the timeline that a panel draws. What was said, and what others read of it, stays as it is. */
export function displayedTimeline(panel: PanelModel): DisplayedTimeline {
  const { client } = panel
  const before = known.get(client)
  if (before) return before

  const said = client.$timeline
  const { link, $forgotten } = client.port
  let own: { after: string | undefined; entry: MessageView }[] = []
  let decide: Decide | undefined
  /** What was decided of each view; undefined while somebody thinks. */
  let decided = new WeakMap<TimelineEntry, MessageView | null | undefined>()
  /** What stands of each message, by key, until the next view of it is decided. */
  let standing = new Map<string, MessageView | null>()
  /** The same list, as long as nothing in it has changed: who draws compares. */
  let last: readonly TimelineEntry[] = []

  function shown(entry: TimelineEntry): readonly TimelineEntry[] {
    if (!decide || entry.type !== 'message') return [entry]
    if (!decided.has(entry)) {
      const ours = decided
      ours.set(entry, undefined)
      void decide(entry).then((answer) => {
        ours.set(entry, answer)
        if (ours === decided) standing.set(entry.key, answer)
        panel.update({})
      })
    }
    // Its author has just written it: of what they have sent nothing vanishes while somebody thinks.
    const meanwhile = () => (standing.has(entry.key) ? standing.get(entry.key) : entry.own && entry)
    const answer = decided.get(entry)
    const view = answer === undefined ? meanwhile() : answer
    return view ? [view] : []
  }

  function get(): readonly TimelineEntry[] {
    const list: TimelineEntry[] = []
    const put = (after: string | undefined) =>
      list.push(...own.filter((one) => one.after === after).map(({ entry }) => entry))
    put(undefined)
    for (const entry of said.get()) {
      list.push(...shown(entry))
      put(entry.key)
    }
    const isSame = list.length === last.length && list.every((entry, index) => entry === last[index])
    if (!isSame) last = list
    return last
  }

  // What the page has said to one visitor it has not said to the next (threat 13).
  $forgotten.listen(() => {
    own = []
  })
  Object.assign(client, { $timeline: Object.assign(Object.create(said), { get }) })
  const displayed: DisplayedTimeline = {
    add(text, author) {
      const createdAt = new Date(link.clock.now()).toISOString()
      const entry: MessageView = {
        type: 'message',
        key: `local-${link.generateId()}`,
        author,
        own: false,
        parts: [{ type: 'text', text }],
        createdAt,
        delivery: 'sent',
      }
      own = [...own, { after: said.get().at(-1)?.key, entry }]
      panel.update({})
    },
    decideBy(next) {
      decide = next
      decided = new WeakMap()
      standing = new Map()
      panel.update({})
    },
  }
  known.set(client, displayed)
  return displayed
}
