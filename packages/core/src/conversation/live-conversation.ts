import type { Author, ChatError, ServerFrame } from '@chatdesk/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Link } from '../connection/link.js'
import type { ConversationHandle } from '../conversation.js'
import { createOutbox, type Outbox } from '../outbox/outbox.js'
import type { StoredOutbox } from '../outbox/outbox-disk.js'
import { quiet } from '../platform/deferred.js'
import {
  type ConversationEffect,
  type ConversationState,
  lastSeq,
  ownSide,
  type Reduction,
  unknownConversation,
} from '../state/conversation-state.js'
import { type ConversationCommand, reduceCommand } from '../state/reduce-command.js'
import { reduceFrame } from '../state/reduce-frame.js'
import { messageView } from '../state/selectors.js'
import { createConversationStores } from './conversation-stores.js'
import { createReadMarker } from './read-marker.js'
import { createTypingSign } from './typing-sign.js'

/** Older events asked for at once. */
const OLDER_PAGE = 50

/** What a live conversation is given. */
export interface LiveConversationOptions {
  self: Author
  /** Null for a visitor whose session has not named one. */
  id: string | null
  link: Link
  save: (outbox: StoredOutbox) => Promise<void>
}

/** A conversation with its connection and its outbox: the handle for users, the rest for the client that owns it. */
export interface LiveConversation {
  readonly handle: ConversationHandle
  readonly $unreadCount: ReadableAtom<number>
  state(): ConversationState
  receive(frame: ServerFrame): void
  dispatch(command: ConversationCommand): void
  readonly outbox: Pick<Outbox, 'restore' | 'errand' | 'changed' | 'isAsking' | 'forget'>
  /** Up to date on an open connection: what waits is sent. */
  online(): void
  lost(): void
  refuse(error: ChatError): void
  dispose(): void
}

/** Runs one conversation for either client: reduces frames and commands, runs the effects, shows the state. */
export function createLiveConversation({ self, id, link, save }: LiveConversationOptions): LiveConversation {
  let state = unknownConversation(self, id)
  let cancelTypingExpiry = () => {}
  let loadingOlder: Promise<{ reachedStart: boolean }> | undefined
  const { $timeline, $conversation, $typing, $unreadCount, show } = createConversationStores(state)
  const dispatch = (command: ConversationCommand) => take(reduceCommand(state, command))
  const outbox = createOutbox({ link, state: () => state, dispatch, save })

  const newMarker = () => {
    const conversationId = state.id
    return createReadMarker((upToSeq) =>
      conversationId === null ? Promise.reject() : link.request({ type: 'message.markRead', conversationId, upToSeq }),
    )
  }
  let marker = newMarker()
  let markHeldByServer = 0
  const sayTyping = createTypingSign(link.clock, (active) => {
    if (state.id !== null) link.signal({ type: 'typing.set', conversationId: state.id, active })
  })

  function take(reduction: Reduction): void {
    const before = state
    state = reduction.state
    if (state.id !== before.id) {
      if (before.id !== null) outbox.moved(before.synced)
      marker = newMarker()
    }
    show(state, before)
    if (state.typing !== before.typing) awaitTypingExpiry()
    for (const effect of reduction.effects) run(effect)
  }

  function run(effect: ConversationEffect): void {
    switch (effect.type) {
      case 'history.load':
        loadHole(effect.afterSeq, effect.limit)
        break
      case 'message':
        link.events.emit('message', messageView(state, effect.message))
        if (effect.settled) outbox.settled(effect.message)
        break
      case 'outbox.changed':
        outbox.changed()
    }
  }

  /** The frame that answers is reduced like any other; here only the end of the asking counts. */
  function loadHole(afterSeq: number, limit: number): void {
    const ended = () => dispatch({ type: 'fill.ended', afterSeq })
    link.request({ type: 'history.load', conversationId: state.id as string, afterSeq, limit }).then(ended, ended)
  }

  function awaitTypingExpiry(): void {
    cancelTypingExpiry()
    if (state.typing.length === 0) return
    const { clock } = link
    const next = Math.min(...state.typing.map(({ until }) => until))
    cancelTypingExpiry = clock.setTimeout(
      () => dispatch({ type: 'typing.expired', now: clock.now() }),
      Math.max(0, next - clock.now()),
    )
  }

  async function loadOlder(): Promise<{ reachedStart: boolean }> {
    const beforeSeq = state.events[0]?.seq
    if (state.id === null || beforeSeq === undefined || state.reachedStart) return { reachedStart: state.reachedStart }
    await link.request({ type: 'history.load', conversationId: state.id, beforeSeq, limit: OLDER_PAGE })
    return { reachedStart: state.reachedStart }
  }

  async function end(): Promise<void> {
    if (state.id !== null) await link.request({ type: 'conversation.end', conversationId: state.id })
  }

  const handle: ConversationHandle = {
    $timeline,
    $conversation,
    $typing,
    sendMessage(content) {
      sayTyping(false)
      return quiet(outbox.send(content))
    },
    retryMessage: (key) => quiet(outbox.retry(key)),
    discardMessage: (key) => quiet(outbox.discard(key)),
    loadOlder() {
      loadingOlder ??= loadOlder().finally(() => {
        loadingOlder = undefined
      })
      return quiet(loadingOlder)
    },
    markRead() {
      const upToSeq = lastSeq(state)
      if (upToSeq <= state.reads[ownSide(state)]) return
      dispatch({ type: 'reads.marked', upToSeq })
      marker.mark(upToSeq)
    },
    setTyping: sayTyping,
    end: () => quiet(end()),
  }

  return {
    handle,
    $unreadCount,
    state: () => state,
    receive(frame) {
      take(reduceFrame(state, frame, link.clock.now()))
      const syncs =
        frame.type === 'session.ready' ? frame.conversations : frame.type === 'conversation.synced' ? [frame.sync] : []
      const sync = syncs.find(({ conversationId }) => conversationId === state.id)
      if (sync) markHeldByServer = sync.reads[ownSide(state)]
    },
    dispatch,
    outbox,
    online() {
      outbox.open()
      marker.online(markHeldByServer)
    },
    lost() {
      outbox.close()
      dispatch({ type: 'connection.lost' })
    },
    refuse: outbox.refuseAll,
    dispose() {
      outbox.dispose()
      cancelTypingExpiry()
    },
  }
}
