import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { ChangeFeed, MessageLog } from '../messages/index.js'
import type { Logger } from '../platform/logger.js'
import type { Change } from '../realtime/backend.js'
import type { RealtimeClock } from '../realtime/index.js'
import type { Fence, FloorEffect, FloorEvent } from './floor/floor.js'
import { moveFloor } from './floor/move-floor.js'
import { loadFloor, saveFloor } from './turns/floor-store.js'
import { loadTurn, type Which } from './turns/load-turn.js'
import { type TakenTurn, takeTurn } from './turns/take-turn.js'
import { entriesOf, noteTurn } from './turns/write-move.js'
import { createWidgetRetriever } from './widget-retriever.js'

/** Conversations that one look finds; the others come with the next. */
const BATCH = 100
/** So long the node that took a message has for it before any other looks, in milliseconds. */
const GRACE_MS = 2_000

/** What the assistant needs. */
export interface AssistantContext {
  database: Database
  messages: MessageLog
  changes: ChangeFeed
  clock: () => Date
  timers: Pick<RealtimeClock, 'setTimeout'>
  generateId: () => string
  logger: Logger
  /** Whether anybody of the team is there to take a conversation. */
  isTeamThere: (organizationId: string) => Promise<boolean>
}

/** Answers visitors where their widget has it so, until somebody else has the floor. */
export interface Assistant {
  /** Finds what a node has left: messages that nobody has begun with, and turns that take too long. Rejects never. */
  sweep(): Promise<void>
  /** Ends; resolves when nothing is under way. */
  close(): Promise<void>
}

/** One for a process. Of two nodes that begin with the same message, the floor's row lets one. */
export function createAssistant(context: AssistantContext): Assistant {
  const { database, messages, clock, timers, generateId, logger } = context
  /** Turns that have not begun, by conversation: a newer message takes the place of an older one. */
  const delayed = new Map<string, () => void>()
  const underWay = new Set<Promise<void>>()
  let closed = false

  const run = (work: () => Promise<void>, which: Which) => {
    if (closed) return
    const done: Promise<void> = work()
      .catch((error) =>
        logger.warn({ err: error, conversationId: which.conversationId }, 'the assistant could not go on'),
      )
      .finally(() => underWay.delete(done))
    underWay.add(done)
  }

  const move = async (which: Which, event: FloorEvent, taken: TakenTurn | null = null, text = ''): Promise<void> => {
    const effects = await messages.writeHeld<readonly FloorEffect[]>({
      ...which,
      async decide(transaction, held, at) {
        const floor = await loadFloor(transaction, held)
        const moved = moveFloor(floor, event)
        if (moved.floor === floor) return { entries: [], result: async () => moved.effects }
        await saveFloor(transaction, held, moved.floor)
        const work = { generateId, transaction, held, at, taken, text }
        const entries = await entriesOf(work, moved.effects)
        const ownerVersion = moved.floor.ownerVersion
        return {
          entries,
          ...(ownerVersion === floor.ownerVersion ? {} : { ownerVersion }),
          async result(seqs) {
            if (taken && event.type === 'turn_done') await noteTurn(work, event.fence, seqs[0] ?? null)
            return moved.effects
          },
        }
      },
    })
    for (const effect of effects) {
      if (effect.type === 'cancel_turn') cancel(which)
      if (effect.type === 'start_turn') delay(which, effect)
    }
  }

  const cancel = ({ conversationId }: Which) => {
    delayed.get(conversationId)?.()
    delayed.delete(conversationId)
  }
  const delay = (which: Which, { fence, messageIds, delayMs }: Extract<FloorEffect, { type: 'start_turn' }>) => {
    cancel(which)
    if (closed) return
    const begin = () => {
      delayed.delete(which.conversationId)
      run(() => take(which, fence, messageIds), which)
    }
    delayed.set(which.conversationId, timers.setTimeout(begin, delayMs))
  }

  const take = async (which: Which, fence: Fence, messageIds: readonly string[]): Promise<void> => {
    const { organizationId } = which
    try {
      const query = database.of(organizationId)
      const turn = await loadTurn(query, which, messageIds, clock())
      if (!turn) return
      const retriever = createWidgetRetriever({ database, organizationId, widgetId: turn.widgetId })
      const teamOnline = await context.isTeamThere(organizationId)
      const taken = await takeTurn({ turn, retriever, teamOnline })
      await move(which, { type: 'turn_done', fence, outcome: taken.outcome }, taken, turn.texts.join('\n'))
    } catch (error) {
      logger.warn({ err: error, conversationId: which.conversationId }, 'a turn of the assistant failed')
      await move(which, { type: 'turn_done', fence, outcome: { kind: 'failed' } })
    }
  }

  const wrote = async (which: Which, messageId: string): Promise<void> => {
    if (await isItsOwn(database, which))
      await move(which, { type: 'visitor_wrote', messageId, turnId: generateId(), now: clock().getTime() })
  }
  const stop = context.changes.onChange(({ organizationId, conversationId, events }: Change) => {
    const which = { organizationId, conversationId }
    for (const event of events)
      if (event.type === 'message.created' && event.author.kind === 'visitor') run(() => wrote(which, event.id), which)
  })

  return {
    async sweep() {
      try {
        const now = clock()
        for (const { messageId, ...which } of await findLeft(database, now))
          run(
            () =>
              messageId === null
                ? move(which, { type: 'clock', now: now.getTime() })
                : move(which, { type: 'visitor_wrote', messageId, turnId: generateId(), now: now.getTime() }),
            which,
          )
        await Promise.all(underWay)
      } catch (error) {
        logger.warn({ err: error }, 'what the assistant is to answer could not be read')
      }
    },
    async close() {
      closed = true
      stop()
      for (const end of delayed.values()) end()
      delayed.clear()
      await Promise.all(underWay)
    },
  }
}

/** Whether the floor may be the assistant's, or it has something to say though it is not. Without a lock: most are not. */
async function isItsOwn(database: Database, { organizationId, conversationId }: Which): Promise<boolean> {
  const { rows } = await sql`
    select from conversations k where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
      and (k.status = 'open' or (k.status = 'waiting' and exists (
        select from assistant_floors f where f.organization_id = k.organization_id and f.conversation_id = k.id)))`.execute(
    database.of(organizationId),
  )
  return rows.length > 0
}

/** `messageId`: nobody has begun with it; null: a turn that takes too long. */
async function findLeft(database: Database, now: Date): Promise<(Which & { messageId: string | null })[]> {
  const before = new Date(now.getTime() - GRACE_MS)
  const { rows } = await sql<Which & { messageId: string | null }>`
    (select f.organization_id as "organizationId", f.conversation_id as "conversationId", null::uuid as "messageId"
      from assistant_floors f where f.until <= ${now}::timestamptz order by f.until limit ${BATCH}::int)
    union all
    (select k.organization_id, k.id, (
        select e.id from events e where e.organization_id = k.organization_id and e.conversation_id = k.id
          and e.type = 'message.created' and e.body #>> '{author,kind}' = 'visitor' order by e.seq desc limit 1)
      from conversations k
      where k.status = 'open' and k.waiting_since <= ${before}::timestamptz and not exists (
        select from assistant_floors f where f.organization_id = k.organization_id and f.conversation_id = k.id
          and f.owner_version = k.owner_version and f.until is not null)
      order by k.waiting_since limit ${BATCH}::int)`.execute(database.system)
  return rows
}
