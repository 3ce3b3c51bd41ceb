import { ChatError, type ChatMessage, isBlank, LIMITS, type SaidPart } from '@chatdesk/protocol'
import type { Link } from '../connection/link.js'
import { createDeferred, type Deferred, quiet } from '../platform/deferred.js'
import type { ConversationState, OutboxEntry } from '../state/conversation-state.js'
import type { ConversationCommand } from '../state/reduce-command.js'
import type { Errand, StoredOutbox } from './outbox-disk.js'

/** Unsettled messages in one conversation; more are refused aloud. */
const OUTBOX_LIMIT = 200
/** Pause after an attempt that may succeed later, in milliseconds. */
const PAUSE_MS = 1_000

/** What the outbox is given. */
export interface OutboxOptions {
  link: Pick<Link, 'request' | 'clock' | 'generateId'>
  state: () => ConversationState
  dispatch: (command: ConversationCommand) => void
  /** Resolves when it is on disk. */
  save: (outbox: StoredOutbox) => Promise<void>
}

/** Sends what was written, in order, until the log has it. */
export interface Outbox {
  send(content: string | readonly SaidPart[]): Promise<ChatMessage>
  retry(key: string): Promise<ChatMessage>
  discard(key: string): Promise<void>
  /** Brings back what an earlier page left. */
  restore(stored: StoredOutbox): void
  /** The state's outbox has changed. */
  changed(): void
  settled(message: ChatMessage): void
  /** The conversation is up to date on this connection: sending may begin. */
  open(): void
  /** No connection; nothing is sent until `open`. */
  close(): void
  /** The conversation cannot be written to: everything that waits has failed, and what follows fails, until `open`. */
  refuseAll(error: ChatError): void
  /** The conversation is another one now. One that was never read may yet be found again by the id under which it was started. */
  moved(wasRead: boolean): void
  /** Has a command run before any message. */
  errand(errand: Errand): void
  /** Whether something is asked for that goes before the messages. */
  isAsking(): boolean
  /** Errands that wait are not run any more, and what was written is gone: all of it, or what is named. */
  forget(held?: readonly OutboxEntry[]): void
  dispose(): void
}

/** One outbox for each conversation. The order of its entries and their states are the reducer's. */
export function createOutbox({ link, state, dispatch, save }: OutboxOptions): Outbox {
  const waiting = new Map<string, Deferred<ChatMessage>>()
  const onDisk = new Set<string>()
  /** A disk that was read before knows them still. */
  const discarded = new Set<string>()
  let clientConversationId: string | undefined
  let isOpen = false
  let asking = false
  let errands = new Map<string, Errand>()
  let cancelPause: (() => void) | undefined
  /** Why nothing can be sent, until a connection says otherwise. */
  let refusal: ChatError | undefined
  let disposed = false

  const entry = (key: string) => state().outbox.find(({ clientMessageId }) => clientMessageId === key)

  async function store(): Promise<void> {
    const entries = state().outbox
    await save({ clientConversationId, entries, errands: [...errands] })
    for (const { clientMessageId } of entries) onDisk.add(clientMessageId)
    pump()
  }

  function pump(): void {
    if (refusal) {
      failWaiting(refusal)
      abandon(refusal)
    }
    if (!isOpen || cancelPause || asking) return
    const { id, outbox } = state()
    // One at a time: were it refused for a while, what is on its way behind it would overtake it (Q7).
    if (outbox.some(({ delivery }) => delivery === 'sending')) return
    const [first] = errands
    if (first)
      return void ask(
        () => link.request(first[1].command),
        (error) => finish(first[0], error),
      )
    const next = outbox.find(({ delivery }) => delivery === 'queued')
    if (!next || !onDisk.has(next.clientMessageId)) return
    if (id === null) return void ask(startConversation, (error) => error && failWaiting(error))
    const { clientMessageId, parts } = next
    dispatch({ type: 'message.sending', clientMessageId })
    link.request({ type: 'message.send', conversationId: id, clientMessageId, parts: [...parts] }).then(
      ({ seq }) => {
        if (seq !== undefined) dispatch({ type: 'message.acked', clientMessageId, seq })
        pump()
      },
      (error) => refused(clientMessageId, error),
    )
  }

  /** What comes before the messages: it is tried again for as long as it may succeed later. */
  async function ask(attempt: () => Promise<unknown>, settle: (error?: ChatError) => void): Promise<void> {
    asking = true
    try {
      await attempt()
      settle()
    } catch (error) {
      if (isTemporary(error as ChatError)) pause(error as ChatError)
      else settle(error as ChatError)
    }
    asking = false
    pump()
  }

  async function startConversation(): Promise<void> {
    clientConversationId ??= link.generateId()
    await store()
    const { conversationId } = await link.request({ type: 'conversation.start', clientConversationId })
    if (!conversationId) throw new ChatError('INTERNAL')
    // Another line may have named the session's conversation meanwhile, and read it.
    if (state().id === null) dispatch({ type: 'conversation.moved', conversationId, synced: true })
    // On disk, what is about to leave names the conversation that it belongs to.
    await store()
  }

  function finish(id: string, error?: ChatError): void {
    errands.get(id)?.settle?.(error)
    errands.delete(id)
    // What a page leaves undone stays on disk.
    if (!disposed) void store()
  }

  function abandon(error = new ChatError('ABORTED')): void {
    for (const id of errands.keys()) finish(id, error)
  }

  function refused(clientMessageId: string, error: ChatError): void {
    if (entry(clientMessageId)?.delivery !== 'sending') return
    if (isTemporary(error)) {
      dispatch({ type: 'message.requeued', clientMessageId })
      pause(error)
    } else {
      fail(clientMessageId, error)
      pump()
    }
  }

  function pause(error: ChatError): void {
    if (!isOpen) return
    cancelPause?.()
    cancelPause = link.clock.setTimeout(
      () => {
        cancelPause = undefined
        pump()
      },
      Math.max(error.retryAfterMs ?? 0, PAUSE_MS),
    )
  }

  function close(): void {
    isOpen = false
    cancelPause?.()
    cancelPause = undefined
  }

  function failWaiting(error: ChatError): void {
    for (const { clientMessageId, delivery } of state().outbox) {
      if (delivery !== 'failed') fail(clientMessageId, error)
    }
  }

  function fail(clientMessageId: string, error: ChatError): void {
    dispatch({ type: 'message.refused', clientMessageId, error })
    reject(clientMessageId, error)
  }

  function expect(key: string): Promise<ChatMessage> {
    if (disposed) throw new ChatError('ABORTED')
    const deferred = createDeferred<ChatMessage>()
    waiting.set(key, deferred)
    return deferred.promise
  }

  function reject(key: string, error = new ChatError('ABORTED')): void {
    waiting.get(key)?.reject(error)
    waiting.delete(key)
  }

  async function discard(key: string): Promise<void> {
    const delivery = entry(key)?.delivery
    if (delivery !== 'failed' && delivery !== 'queued') throw new ChatError('NOT_FOUND')
    discarded.add(key)
    dispatch({ type: 'message.discarded', clientMessageId: key })
    reject(key)
  }

  return {
    async send(content) {
      const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
      checkParts(parts)
      if (state().outbox.length >= OUTBOX_LIMIT) throw new ChatError('RATE_LIMITED')
      const clientMessageId = link.generateId()
      const createdAt = new Date(link.clock.now()).toISOString()
      const sent = expect(clientMessageId)
      dispatch({ type: 'message.queued', clientMessageId, parts, createdAt })
      return sent
    },
    async retry(key) {
      if (entry(key)?.delivery !== 'failed') throw new ChatError('NOT_FOUND')
      const sent = expect(key)
      dispatch({ type: 'message.retried', clientMessageId: key })
      return sent
    },
    discard,
    restore(stored) {
      clientConversationId ??= stored.clientConversationId
      const { conversationId } = stored
      errands = new Map([...(stored.errands ?? []), ...errands])
      const entries = stored.entries.filter(({ clientMessageId }) => !discarded.has(clientMessageId))
      if (entries.length === 0) return
      if (conversationId && !state().id) dispatch({ type: 'conversation.moved', conversationId, synced: false })
      dispatch({ type: 'outbox.restored', entries })
    },
    changed: () => void store(),
    settled(message) {
      waiting.get(message.clientMessageId as string)?.resolve(message)
      waiting.delete(message.clientMessageId as string)
    },
    open() {
      isOpen = true
      refusal = undefined
      // As above, for a conversation that the session has named.
      if (state().outbox.length > 0) void store()
      else pump()
    },
    close,
    refuseAll(error) {
      refusal = error
      pump()
    },
    moved(wasRead) {
      if (wasRead) clientConversationId = undefined
      // On disk, what waits names the one that it was written for.
      onDisk.clear()
      if (state().outbox.length > 0) void store()
    },
    errand(errand) {
      errands.set(link.generateId(), errand)
      void store()
    },
    isAsking: () => asking,
    forget(held = state().outbox) {
      abandon()
      for (const { clientMessageId } of held) void quiet(discard(clientMessageId))
    },
    dispose() {
      close()
      disposed = true
      for (const key of [...waiting.keys()]) reject(key)
      abandon()
    },
  }
}

/** Not the fault of what was said: it stays and goes again. A session that has run out is opened anew meanwhile. */
function isTemporary(error: ChatError): boolean {
  return error.code === 'UNAUTHENTICATED' || (error.retryable && error.code !== 'INTERNAL')
}

/** X1, X3: what the server would refuse in any case never enters the outbox, and its author keeps the text. */
function checkParts(parts: readonly SaidPart[]): void {
  const fits =
    parts.length > 0 &&
    parts.length <= LIMITS.parts &&
    parts.every((part) => part.text.length <= LIMITS.textLength && !isBlank(part.text))
  if (!fits) throw new ChatError('VALIDATION_FAILED', undefined, { field: 'parts' })
}
