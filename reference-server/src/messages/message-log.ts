import { ChatError } from '@chatdesk/protocol'
import type { Database } from '../database/index.js'
import type { Change } from '../realtime/backend.js'
import { type AppendedMessage, appendBatch, type EncodedDraft, encodeDraft, type MessageDraft } from './append.js'
import { appendFollowUp, type FollowUpRequest } from './append-follow-up.js'
import type { ChangeFeed } from './change-feed.js'
import { findContested } from './contested.js'
import { type EndRequest, endConversation } from './end-conversation.js'
import { createGroupCommit, createTurns, type GroupCommitLimits, type Settled } from './group-commit.js'
import { type MoveRequest, moveConversation } from './move-conversation.js'
import { moveReadMarks, type ReadMark } from './read-marks.js'
import { type HeldRequest, writeHeld } from './write-held.js'

/** Writes the logs of all conversations. Everything resolves after its commit (Q2). */
export interface MessageLog {
  append(draft: Omit<MessageDraft, 'id'>): Promise<AppendedMessage>
  end(request: Omit<EndRequest, 'id'>): Promise<void>
  /** Assigns, releases or reopens; `taken`: somebody else has it, and nothing was changed (C15 to C17). */
  move(request: Omit<MoveRequest, 'id'>): Promise<'done' | 'taken'>
  /** Says what has fallen due, unless the visitor or the team was faster (N2). */
  followUp(request: Omit<FollowUpRequest, 'id'>): Promise<void>
  /** Writes what is decided on while the conversation is held. */
  writeHeld<Result>(request: HeldRequest<Result>): Promise<Result>
  markRead(mark: ReadMark): Promise<void>
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>
}

export interface MessageLogOptions {
  database: Database
  changes: ChangeFeed
  clock: () => Date
  generateId: () => string
  limits?: Partial<GroupCommitLimits>
}

type LogItem =
  | ({ kind: 'append' } & EncodedDraft)
  | { kind: 'alone'; id: string; write: (id: string, at: Date) => Promise<{ outcome: Settled<void>; change?: Change }> }

/** Messages go together; what moves a conversation and a follow-up go alone, in their place among them. */
const kindOf = (item: LogItem) => (item.kind === 'append' ? 'append' : item.id)

/** One writer for a process: at most one batch is under way, so that changes are told in the order of their commits. */
export function createMessageLog({ database, changes, clock, generateId, limits = {} }: MessageLogOptions): MessageLog {
  const turns = createTurns({ overlap: database.isShared })
  const tell = (told: readonly Change[]) => {
    for (const change of told) changes.emit(change)
  }
  const log = createGroupCommit<LogItem, AppendedMessage | undefined>({
    turns,
    limits,
    kindOf,
    async commit(batch) {
      const [first] = batch
      if (first?.kind === 'alone') {
        const { outcome, change } = await first.write(first.id, clock())
        return {
          outcomes: [outcome.status === 'done' ? { status: 'done', result: undefined } : outcome],
          tell: () => tell(change ? [change] : []),
        }
      }
      const drafts = batch.filter((item) => item.kind === 'append')
      const contested = findContested(drafts.map(({ draft }) => draft))
      const chosen = drafts.filter((_, index) => !contested.has(index))
      const { outcomes, changes: told } = await appendBatch(database, chosen, clock())
      const settled = outcomes.values()
      return {
        outcomes: drafts.map((_, index) => (contested.has(index) ? BUSY : (settled.next().value ?? BUSY))),
        tell: () => tell(told),
      }
    },
  })
  const marks = createGroupCommit<ReadMark, void>({
    turns,
    limits,
    async commit(batch) {
      const { outcomes, changes: told } = await moveReadMarks(database, batch)
      return { outcomes, tell: () => tell(told) }
    },
  })

  /** Sends under way by author and client message id: a batch holds each at most once. */
  const underWay = new Map<string, { draft: MessageDraft; answer: Promise<AppendedMessage> }>()
  const append = async (input: Omit<MessageDraft, 'id'>): Promise<AppendedMessage> => {
    checkParts(input)
    const key = `${input.organizationId} ${input.author.id} ${input.clientMessageId}`
    const earlier = underWay.get(key)
    if (earlier && isSameMessage(earlier.draft, input)) return { ...(await earlier.answer), duplicate: true }
    if (earlier) {
      // Not the same message under the same id: the log decides, once it holds the earlier one.
      await earlier.answer.catch(() => {})
      return append(input)
    }
    const draft = { ...input, id: generateId() }
    const json = encodeDraft(draft)
    const answer = log.submit({ kind: 'append', draft, json }, json.length).then((appended) => {
      if (!appended) throw new ChatError('INTERNAL', 'A message was written without an answer.')
      return appended
    })
    underWay.set(key, { draft, answer })
    const forget = () => void underWay.delete(key)
    answer.then(forget, forget)
    return answer
  }

  const writeAlone = async <Result>(
    write: (id: string, at: Date) => Promise<{ outcome: Settled<Result>; change?: Change }>,
  ): Promise<Result> => {
    let result: { value: Result } | undefined
    const item: LogItem = {
      kind: 'alone',
      id: generateId(),
      async write(id, at) {
        const { outcome, ...told } = await write(id, at)
        if (outcome.status !== 'done') return { outcome, ...told }
        result = { value: outcome.result }
        return { outcome: { status: 'done', result: undefined }, ...told }
      },
    }
    await log.submit(item, 0)
    if (!result) throw new ChatError('INTERNAL', 'Something was written without an answer.')
    return result.value
  }

  return {
    append,
    end: (request) => writeAlone((id, at) => endConversation(database, { ...request, id }, at)),
    move: (request) => writeAlone((id, at) => moveConversation(database, { ...request, id }, at)),
    followUp: (request) => writeAlone((id, at) => appendFollowUp(database, { ...request, id }, at)),
    writeHeld: (request) => writeAlone((_, at) => writeHeld(database, request, generateId, at)),
    markRead: (mark) => marks.submit(mark, 0),
    async idle() {
      await Promise.all([log.idle(), marks.idle()])
    },
  }
}

const BUSY = { status: 'busy' } as const

/** X8: what is more than words and files is the team's. */
function checkParts({ author, parts }: Omit<MessageDraft, 'id'>): void {
  const index = author.kind === 'visitor' ? parts.findIndex(({ type }) => type !== 'text' && type !== 'file') : -1
  if (index < 0) return
  const field = `parts.${index}.type`
  throw new ChatError('VALIDATION_FAILED', 'Only the team says more than words and files.', { field })
}

function isSameMessage(a: Omit<MessageDraft, 'id'>, b: Omit<MessageDraft, 'id'>): boolean {
  return (
    a.conversationId === b.conversationId &&
    a.ownerSessionId === b.ownerSessionId &&
    a.seenSeq === b.seenSeq &&
    JSON.stringify(a.parts) === JSON.stringify(b.parts)
  )
}
