import type { Clock, Unsubscribe } from '@chatdesk/core'
import { ChatError, type SaidPart, type TrackedEvent } from '@chatdesk/protocol'
import type { WidgetEvents } from '../../launcher/widget-events.js'
import type { InterceptorName, Interceptors } from '../../sdk/interceptors.js'
import type { PanelModel } from '../panel-model.js'
import { ask } from './ask.js'
import { displayedTimeline } from './displayed-timeline.js'
import { readComposer, writeIntoComposer } from './write-into-composer.js'

const NAMES: readonly string[] = [
  'beforeSend',
  'beforeDisplay',
  'beforeOpen',
  'beforeUpload',
  'beforeTrack',
] satisfies InterceptorName[]

type Registered = { [Name in InterceptorName]: Interceptors[Name][] }

/** By the listeners of a page: who intercepts goes on for the widget that follows, as who listens does. */
const known = new WeakMap<WidgetEvents, Registered>()
const wired = new WeakSet<object>()

/** Has something asked before it happens, until the answer is called. */
export function intercept<Name extends InterceptorName>(
  panel: PanelModel,
  name: Name,
  interceptor: Interceptors[Name],
): Unsubscribe {
  if (!NAMES.includes(name)) throw new ChatError('NOT_SUPPORTED', `nothing to intercept by "${name}"`)
  const registered = known.get(panel.events) ?? {
    beforeSend: [],
    beforeDisplay: [],
    beforeOpen: [],
    beforeUpload: [],
    beforeTrack: [],
  }
  known.set(panel.events, registered)
  if (!wired.has(panel.client)) wire(panel, registered)
  const list = registered[name] as Interceptors[Name][]
  list.push(interceptor)
  const changed = () => name === 'beforeDisplay' && showDecided(panel, registered)
  changed()
  return () => {
    const at = list.indexOf(interceptor)
    if (at >= 0) list.splice(at, 1)
    changed()
  }
}

function showDecided(panel: PanelModel, { beforeDisplay }: Registered): void {
  const { clock } = panel.client.port.link
  const isAsked = beforeDisplay.length > 0
  displayedTimeline(panel).decideBy(isAsked ? (message) => ask(beforeDisplay, message, clock) : undefined)
}

/** Leads a panel's ways past those who intercept. */
function wire(panel: PanelModel, registered: Registered): void {
  const { client, events } = panel
  const { clock } = client.port.link
  wired.add(client)
  sendAsked(panel, registered, clock)
  if (registered.beforeDisplay.length > 0) showDecided(panel, registered)
  let agreed = false
  events.gate = {
    join: (next: PanelModel) => wire(next, registered),
    holdsOpening(byVisitor, open) {
      if (agreed || registered.beforeOpen.length === 0) return false
      void ask<true>(registered.beforeOpen, true, clock).then((answer) => {
        if (answer === null) return
        agreed = true
        open(byVisitor)
        agreed = false
      })
      return true
    },
    async files(files) {
      const answers = await Promise.all(files.map((file) => ask(registered.beforeUpload, file, clock)))
      return answers.filter((file) => file !== null)
    },
    tracked: (event) => ask<TrackedEvent>(registered.beforeTrack, event, clock),
  }
}

/** Messages go one after the other, in the order in which they were given. */
function sendAsked(panel: PanelModel, { beforeSend }: Registered, clock: Clock): void {
  const { client } = panel
  const { sendMessage } = client
  const { $forgotten } = client.port
  const pending = new Map<string, ReturnType<typeof sendMessage>>()
  let turn: Promise<unknown> = Promise.resolve()

  client.sendMessage = (content) => {
    if (beforeSend.length === 0) return sendMessage(content)
    const given = readParts(content)
    const text = given.map((part) => (part.type === 'text' ? part.text : '')).join('')
    // What the visitor presses stands there while somebody thinks, so it may be pressed again: words, a file, a choice.
    const name = JSON.stringify(given)
    const isPressed = readComposer(panel) !== '' || given.some((part) => part.type !== 'text' || part.choiceId)
    const before = isPressed ? pending.get(name) : undefined
    if (before) return before
    const forgotten = $forgotten.get()
    const mine = turn.then(async () => {
      const parts = await ask(beforeSend.map(inParts), given, clock)
      pending.delete(name)
      // Whoever comes next does not say what somebody else has pressed (threat 13).
      if (forgotten !== $forgotten.get()) throw new ChatError('ABORTED')
      if (parts === null) throw new ChatError('ABORTED', 'beforeSend has stopped it')
      const sent = sendMessage(parts)
      if (text !== '' && readComposer(panel) === text) writeIntoComposer(panel, '')
      return { sent }
    })
    turn = mine.catch(() => {})
    const sent = mine.then(({ sent }) => sent)
    // Those who do not wait for it see it in the thread.
    sent.catch(() => {})
    pending.set(name, sent)
    return sent
  }
}

const readParts = (content: string | readonly SaidPart[]): readonly SaidPart[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content

/** Words stand for one part, in an answer as well. */
const inParts = (interceptor: Interceptors['beforeSend']) => async (parts: readonly SaidPart[]) => {
  const answer = await interceptor(parts)
  return typeof answer === 'string' ? readParts(answer) : answer
}
