import { ChatError, parseVisitorFrame, type TeamPresence, type WidgetSettings } from '@chatdesk/protocol'
import { atom } from 'nanostores'
import type { ChatClient, ChatClientOptions } from './chat-client.js'
import { createActivitySign } from './client/activity-sign.js'
import { loadWidget } from './client/load-widget.js'
import { openSession } from './client/open-session.js'
import { createLink } from './connection/link.js'
import { createLiveConversation } from './conversation/live-conversation.js'
import { createOutboxDisk, outboxKey } from './outbox/outbox-disk.js'
import { guard } from './platform/emitter.js'
import type { StartFrame, VisitorIdentity } from './ports.js'
import { cursorOf } from './state/conversation-state.js'

/** A visitor has one conversation. */
const LANE = 'visitor'

/** The headless client of one visitor on one page. Nothing happens before `start`. */
export function createChatClient(options: ChatClientOptions): ChatClient {
  const { identity, widgetKey, page, storage, user, traits, inactivityMs = 300_000 } = options
  const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request))
  const $settings = atom<WidgetSettings | null>(null)
  const $presence = atom<TeamPresence | null>(null)
  const $persistence = atom<'disk' | 'memory'>(storage ? 'disk' : 'memory')
  let claims: VisitorIdentity | undefined
  let sendToken: string | undefined
  /** Of the settings that are on their way. */
  let loading: string | undefined

  const link = createLink(options, {
    parse: parseVisitorFrame,
    cursors: () => cursorOf(conversation.state()),
    getStart,
    onFrame(frame) {
      if (frame.type === 'session.ready') {
        // Asked for by one line before another began the conversation: here nobody would send it.
        const isStale = !frame.conversations[0] && conversation.state().id && link.$connection.get().status === 'online'
        if (isStale) return link.giveUp(new ChatError('OFFLINE'))
        conversation.dispatch({ type: 'self.known', self: frame.self })
      }
      conversation.receive(frame)
      if ('team' in frame) guard(() => $presence.set(frame.team ?? null))
      if ('widgetVersion' in frame && frame.widgetVersion) void follow(frame.widgetVersion)
    },
    onOnline() {
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
    save: (outbox) =>
      disk.write(LANE, { ...outbox, user: !!user, sendToken, conversationId: conversation.state().id ?? undefined }),
  })

  const { handle } = conversation
  const activity = createActivitySign(link.clock, inactivityMs, (active) => {
    link.signal({ type: 'activity.set', active })
    return link.$connection.value?.status === 'online'
  })

  // What can never be sent must not look as if it waited.
  const stopRefusing = link.$connection.listen((state) => {
    if (state.status === 'failed') conversation.refuse(state.error)
  })

  /** G1. Who polls is told the same again and again. */
  async function follow(version: string): Promise<void> {
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
    const { token = claims?.token, visitorToken = claims?.visitorToken } = resolved
    return { ...resolved, token, visitorToken }
  }

  async function getStart(renew: boolean, signal: AbortSignal): Promise<Pick<StartFrame, 'token' | 'tabId'>> {
    const mustInit = renew || !sendToken
    const { tabId, token, visitorToken, deviceHint } = claims && !mustInit ? claims : await identify()
    // Tabs do not share an outbox: neither sends what the other has written. Pages of one tab do, and one that comes back from
    // the back-forward cache would write over what the next has left.
    if (link.$connection.get().status !== 'online')
      await disk.open(outboxKey(widgetKey, tabId), (_lane, stored) => {
        // What a user who has signed out has left is not shown to whoever comes next (threat 13).
        if (stored.user && !user) void disk.write(LANE, { entries: [] })
        else conversation.restore(stored)
      })
    if (mustInit) {
      const held = conversation.state().outbox
      const proof = await (typeof user === 'function' ? user() : user)
      const request = { widgetKey, tabId, token, visitorToken, deviceHint, page: page?.(), user: proof, traits }
      const session = await openSession(fetch, link.url, request, signal)
      if (session.forget) for (const { clientMessageId } of held) void handle.discardMessage(clientMessageId)
      const issued = { token: session.token, visitorToken: session.visitorToken ?? visitorToken }
      claims = { tabId, ...issued }
      sendToken = session.sendToken
      $settings.set(session.widget)
      // A page that cannot remember its visitor still serves them.
      await identity.remember({ ...issued, maxAgeDays: session.cookie?.maxAgeDays }).catch(() => {})
      await options.onSession?.(session)
    }
    return { token: claims?.token as string, tabId }
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
    getToken: () => claims?.token,
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
    async adopt(entries) {
      const isOthers = conversation.state().id !== null && $settings.get()?.tabs !== 'shared'
      if (isOthers || $persistence.get() === 'memory') return false
      conversation.restore({ entries })
      await disk.idle()
      return true
    },
    async dispose() {
      stopRefusing()
      activity.end()
      await link.dispose()
      conversation.dispose()
    },
  }
}
