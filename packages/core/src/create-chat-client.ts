import { ChatError, parseVisitorFrame, type TeamPresence, type WidgetSettings } from '@chatdesk/protocol'
import { atom } from 'nanostores'
import type { ChatClient } from './chat-client.js'
import type { ChatClientOptions } from './chat-client-options.js'
import { createActivitySign } from './client/activity-sign.js'
import type { ClientSession, Forgotten } from './client/client-port.js'
import { loadWidget } from './client/load-widget.js'
import { openSession } from './client/open-session.js'
import { notOpen } from './connection/connection-attempt.js'
import { createLink } from './connection/link.js'
import { createLiveConversation } from './conversation/live-conversation.js'
import { createOutboxDisk, outboxKey, VISITOR_LANE } from './outbox/outbox-disk.js'
import { guard } from './platform/emitter.js'
import type { StartFrame, VisitorIdentity } from './ports.js'
import { cursorOf, hasUnsettled } from './state/conversation-state.js'

/** The headless client of one visitor on one page. Nothing happens before `start`. */
export function createChatClient(options: ChatClientOptions): ChatClient {
  const { identity, widgetKey, page, storage, inactivityMs = 300_000 } = options
  const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request))
  const $settings = atom<WidgetSettings | null>(null)
  const $presence = atom<TeamPresence | null>(null)
  const $persistence = atom<'disk' | 'memory'>(storage ? 'disk' : 'memory')
  const $forgotten = atom<Forgotten | null>(null)
  const session: ClientSession = { user: options.user, traits: options.traits }
  /** The conversation that the session shows (C10). */
  let live: string | undefined
  /** Of the settings that are on their way. */
  let loading: string | undefined

  const link = createLink(options, {
    parse: parseVisitorFrame,
    cursors: () => cursorOf(conversation.state()),
    getStart,
    onFrame(frame) {
      if (frame.type === 'session.ready') {
        const { id } = state()
        const shown = frame.conversations.map(({ conversationId }) => conversationId)
        // Asked for before the client moved, and no answer to what moves it: what it shows now, nobody would send it.
        const isStale = id && isOnline() && !shown.includes(id) && !outbox.isAsking()
        if (isStale) return reopen()
        live = shown.at(-1)
        conversation.dispatch({ type: 'self.known', self: frame.self })
      }
      conversation.receive(frame)
      if ('team' in frame) guard(() => $presence.set(frame.team ?? null))
      if ('widgetVersion' in frame && frame.widgetVersion) void refresh(frame.widgetVersion)
    },
    onOnline() {
      // Opened for somebody else: the next one is.
      if (!session.sendToken) return
      // Once everybody has heard that it is online.
      queueMicrotask(follow)
      activity.online()
      conversation.online()
    },
    onLost: () => conversation.lost(),
  })
  const disk = createOutboxDisk(storage, link.clock, () => $persistence.set('memory'))
  const conversation = createLiveConversation({
    self: { kind: 'visitor' },
    id: null,
    link,
    save(outbox) {
      follow()
      const { id, self } = state()
      return disk.write(VISITOR_LANE, {
        ...outbox,
        conversationId: id,
        visitorId: self.id,
        user: !!session.user,
        sendToken: session.sendToken,
      })
    },
  })
  const { handle, outbox, state } = conversation

  const activity = createActivitySign(link.clock, inactivityMs, (active) => {
    link.signal({ type: 'activity.set', active })
    return isOnline()
  })

  function isOnline(): boolean {
    return link.$connection.get().status === 'online'
  }

  /** C12: what was on its way has arrived, and the session shows another one. */
  function follow(): void {
    if (live && live !== state().id && !hasUnsettled(state())) reopen()
  }

  /** No transport is to blame, and the next connection may come at once. */
  function reopen(): void {
    link.giveUp(new ChatError('UNAVAILABLE', undefined, { retryAfterMs: 0 }))
  }

  // What can never be sent must not look as if it waited.
  const stopRefusing = link.$connection.listen((state) => {
    if (state.status === 'failed') conversation.refuse(state.error)
  })

  /** G1. Who polls is told the same again and again. */
  async function refresh(version: string): Promise<void> {
    if (version === (loading ?? $settings.value?.version)) return
    loading = version
    const widget = await loadWidget(fetch, link.url, widgetKey, version)
    // The owner goes on typing: an answer may come after the next word.
    if (loading !== version) return
    loading = undefined
    if (widget) guard(() => $settings.set(widget))
  }

  /** Who the page says that its visitor is, and what it does not say any more: its storage may be gone since. */
  async function identify(): Promise<VisitorIdentity> {
    const resolved = await identity.resolve()
    const { token = session.token, visitorToken = session.visitorToken } = resolved
    return { ...resolved, token, visitorToken }
  }

  async function getStart(renew: boolean, signal: AbortSignal): Promise<Pick<StartFrame, 'token' | 'tabId'>> {
    const mustInit = renew || !session.sendToken
    const known = mustInit ? await identify() : (session as VisitorIdentity)
    const { tabId } = known
    // Tabs do not share an outbox: neither sends what the other has written. Pages of one tab do, and one that comes back from
    // the back-forward cache would write over what the next has left.
    if (!isOnline())
      await disk.open(outboxKey(widgetKey, tabId), (_lane, stored) => {
        // What a user who has signed out has left is not shown to whoever comes next (threat 13).
        if (stored.user && !session.user) void disk.write(VISITOR_LANE, { entries: [] })
        else outbox.restore(stored)
      })
    if (mustInit) await init(known, signal)
    return { token: session.token as string, tabId }
  }

  /** Opens or resumes the session (S4). */
  async function init({ tabId, ...known }: VisitorIdentity, signal: AbortSignal): Promise<void> {
    const held = state().outbox
    const forgotten = $forgotten.get()
    const { user, traits } = session
    const proof = await (typeof user === 'function' ? user() : user)
    const request = { widgetKey, tabId, ...known, page: page?.(), user: proof, traits }
    const opened = await openSession(fetch, link.url, request, signal)
    // Threat 13: of somebody who was forgotten meanwhile. Whoever came has one opened anew.
    if (forgotten !== $forgotten.get()) throw notOpen()
    if (opened.forget) {
      outbox.forget(held)
      $forgotten.set({ earlier: !session.token })
    }
    const issued = { token: opened.token, visitorToken: opened.visitorToken ?? known.visitorToken }
    // Somebody else may have signed in meanwhile.
    const sendToken = user === session.user ? opened.sendToken : undefined
    Object.assign(session, issued, { tabId, sendToken })
    $settings.set(opened.widget)
    // A page that cannot remember its visitor still serves them.
    await identity.remember({ ...issued, maxAgeDays: opened.cookie?.maxAgeDays }).catch(() => {})
    await options.onSession?.(opened)
  }

  return {
    ...handle,
    sendMessage(content) {
      activity.note()
      return handle.sendMessage(content)
    },
    setTyping(active) {
      activity.note()
      handle.setTyping(active)
    },
    noteActivity: activity.note,
    getToken: () => session.token,
    port: { options, link, conversation, session, disk, $forgotten },
    $connection: link.$connection,
    $unreadCount: conversation.$unreadCount,
    $settings,
    $presence,
    $persistence,
    on: link.events.on,
    start() {
      activity.note()
      return link.start()
    },
    async dispose() {
      stopRefusing()
      activity.end()
      await link.dispose()
      conversation.dispose()
    },
  }
}
