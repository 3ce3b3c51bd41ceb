import { ChatError, type ClientFrame, type ServerFrame } from '@chatdesk/protocol'
import { createDeferred, type Deferred } from '../platform/deferred.js'
import type { Clock } from '../ports.js'

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 10_000

type Named = Exclude<Extract<ClientFrame, { commandId: string }>, { type: 'session.start' }>
type WithoutId<T> = T extends unknown ? Omit<T, 'commandId'> : never

/** A command before it has an id. */
export type Command = WithoutId<Named>

interface Replies {
  'history.load': Extract<ServerFrame, { type: 'history.page' }>
  'inbox.load': Extract<ServerFrame, { type: 'inbox.page' }>
  'conversation.watch': Extract<ServerFrame, { type: 'conversation.synced' }>
}

/** What answers a command that is not refused (F4). */
export type Reply<T extends Command['type']> = T extends keyof Replies
  ? Replies[T]
  : Extract<ServerFrame, { type: 'ack'; ok: true }>

/** Joins commands and their answers. */
export interface PendingCommands {
  /** Sends a command; rejects with the server's refusal, `TIMEOUT`, or what the transport says. */
  request<T extends Command['type']>(command: Extract<Command, { type: T }>): Promise<Reply<T>>
  /** Looks whether a frame answers something. */
  settle(frame: ServerFrame): void
  rejectAll(error: ChatError): void
}

/** One for each client; ids differ across connections, so a late answer finds nobody. */
export function createPendingCommands(options: {
  clock: Clock
  generateId: () => string
  send: (frame: ClientFrame) => Promise<void>
  /** A command was not answered in time. */
  onSilence: (error: ChatError) => void
}): PendingCommands {
  const { clock, generateId, send, onSilence } = options
  const pending = new Map<string, Deferred<ServerFrame>>()

  return {
    request<T extends Command['type']>(command: Extract<Command, { type: T }>) {
      const commandId = generateId()
      const answer = createDeferred<ServerFrame>()
      pending.set(commandId, answer)
      const cancel = clock.setTimeout(() => {
        const error = new ChatError('TIMEOUT')
        answer.reject(error)
        onSilence(error)
      }, ANSWER_MS)
      const forget = () => {
        cancel()
        pending.delete(commandId)
      }
      answer.promise.then(forget, forget)
      send({ ...(command as Command), commandId } as ClientFrame).catch(answer.reject)
      return answer.promise as Promise<Reply<T>>
    },
    settle(frame) {
      if (!('commandId' in frame)) return
      const answer = pending.get(frame.commandId)
      if (frame.type === 'ack' && !frame.ok) answer?.reject(ChatError.fromWire(frame.error))
      else answer?.resolve(frame)
    },
    rejectAll(error) {
      for (const answer of pending.values()) answer.reject(error)
    },
  }
}
