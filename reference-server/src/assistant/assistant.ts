import type { Database } from '../database/index.js'
import type { ChangeFeed, HeldConversation, MessageLog } from '../messages/index.js'
import type { HintBus } from '../nodes/hint-bus.js'
import type { Logger } from '../platform/logger.js'
import type { Change } from '../realtime/backend.js'
import type { RealtimeClock, Speaker, Speaking } from '../realtime/index.js'
import type { WidgetFeed } from '../widgets/index.js'
import type { MeaningSearches } from './embeddings/meaning-search.js'
import { byTheLog, type ToldEvent } from './floor/by-the-log.js'
import type { FloorEffect } from './floor/floor.js'
import { moveFloor } from './floor/move-floor.js'
import { findLeft, findSwitchedOff, isItsOwn } from './turns/find-left.js'
import { dropStaleFloors, leaveFloor, loadFloor, saveFloor, whoseFloor } from './turns/floor-store.js'
import { loadTurn, type Which } from './turns/load-turn.js'
import { makeOwedTicket } from './turns/owed-tickets.js'
import { takeRating } from './turns/take-rating.js'
import { type TakenTurn, takeTurn } from './turns/take-turn.js'
import { createTurnsUnderWay, type TurnUnderWay } from './turns/turns-under-way.js'
import { findUnanswered } from './turns/unanswered.js'
import { findUnhelpful } from './turns/unhelpful.js'
import { beforeEnd, lookOften, onChangedElsewhere } from './turns/watch-floor.js'
import { entriesOf, noteTurn } from './turns/write-move.js'
import { createWriterForTurn } from './turns/writer-for-turn.js'
import { createWidgetRetriever } from './widget-retriever.js'
import type { AnswerWriter } from './writing/answer-writer.js'

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
  isTeamThere: (which: Which) => Promise<boolean>
  /** Shows that it writes. */
  speak: (speaker: Speaker) => Speaking
  /** Absent: answers are the knowledge base's own words. */
  writer?: AnswerWriter | undefined
  /** Absent: knowledge is found by its words alone. */
  searches?: Pick<MeaningSearches, 'of'> | undefined
  /** Tells of widgets that do not have the assistant any more. */
  widgetFeed?: Pick<WidgetFeed, 'onChange'> | undefined
  /** What other nodes tell. */
  hints?: Pick<HintBus, 'subscribe'> | undefined
}

/** Answers visitors where their widget has it so, until somebody else has the floor. */
export interface Assistant {
  /** Finds what a node has left, and does it: answers, tickets, offers of a person. Rejects never. */
  sweep(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Ends; resolves when nothing is under way. */
  close(): Promise<void>
}

/** One for a process. Of two nodes that begin with the same message, the floor's row lets one. */
export function createAssistant(context: AssistantContext): Assistant {
  const { database, messages, clock, timers, generateId, logger, writer } = context
  const underWay = new Set<Promise<void>>()
  let closed = false

  const fail = (error: unknown, { conversationId }: Partial<Which>) =>
    logger.warn({ err: error, conversationId }, 'the assistant could not go on')
  const run = (work: () => Promise<void>, which: Partial<Which>): Promise<void> | undefined => {
    if (closed) return undefined
    const done: Promise<void> = work()
      .catch((error) => fail(error, which))
      .finally(() => underWay.delete(done))
    underWay.add(done)
    return done
  }
  const turns = createTurnsUnderWay({
    ...{ timers, speak: context.speak },
    take: (turn) => void run(() => take(turn), turn.which),
  })

  const move = async (which: Which, told: ToldEvent, taken: TakenTurn | null = null, text = ''): Promise<void> => {
    const moved = await messages.writeHeld<Moved>({
      ...which,
      async decide(transaction, held, at) {
        const floor = await loadFloor(transaction, held)
        const unanswered = await findUnanswered(transaction, which)
        const unhelpful = told.type === 'rated_unhelpful' ? await findUnhelpful(transaction, which) : []
        const log = { assistant: held.assistant, unanswered, unhelpful, turnId: generateId(), now: at.getTime() }
        const event = byTheLog(floor, told, log)
        const { floor: next, effects } = moveFloor(floor, event)
        const until = next.phase.name === 'bot_thinking' ? next.phase.until : 0
        if (effects.length === 0) return { entries: [], result: async () => ({ effects, held, until }) }
        if (next !== floor) await saveFloor(transaction, held, next)
        const work = { generateId, transaction, held, at, taken, text }
        const entries = await entriesOf(work, effects)
        const { ownerVersion } = next
        return {
          entries,
          ...(ownerVersion === floor.ownerVersion ? {} : { ownerVersion }),
          async result(seqs) {
            const seq = seqs[0] ?? null
            if (event.type === 'turn_done')
              await noteTurn(work, { id: event.fence.turnId, episode: event.fence.episode, seq, rated: [] })
            if (event.type === 'rated_unhelpful')
              await noteTurn(work, { id: log.turnId, episode: floor.episode, seq, rated: event.seqs })
            return { effects, held, until }
          },
        }
      },
    })
    await Promise.all(moved.effects.map((effect) => runEffect(which, effect, moved)))
  }

  /**
   * The same for what was decided. Where handing over fails the visitor is with the team all the same, and is told so; whatever was
   * left out for that is done by a later look.
   */
  const settle = async (
    which: Which,
    told: Extract<ToldEvent, { type: 'turn_done' | 'rated_unhelpful' }>,
    taken: TakenTurn,
  ): Promise<void> => {
    const { outcome } = told
    try {
      await move(which, told, taken, taken.topic)
    } catch (error) {
      if (outcome.kind !== 'hand_off') throw error
      logger.warn({ err: error, conversationId: which.conversationId }, 'a hand-off could not be done in full')
      await move(which, { ...told, outcome: { ...outcome, bare: true } }, taken, taken.topic)
    }
  }

  /** Whoever was not helped is offered a person, once for each message that they say it of. */
  const offerPerson = async (which: Which): Promise<void> => {
    const query = database.of(which.organizationId)
    if ((await findUnhelpful(query, which)).length === 0) return
    const loaded = await loadTurn(query, which, [], clock())
    if (!loaded) return
    if (loaded === 'switched_off') return await lookAtFloor(which)
    const taken = takeRating(loaded, await context.isTeamThere(which))
    await settle(which, { type: 'rated_unhelpful', outcome: taken.outcome }, taken)
  }

  /** What time it is, and whether the widget has the assistant still. */
  const lookAtFloor = (which: Which): Promise<void> => move(which, { type: 'clock', now: clock().getTime() })

  const leave = ({ which, fence }: Pick<TurnUnderWay, 'which' | 'fence'>): Promise<void> =>
    leaveFloor(database.of(which.organizationId), which, fence)

  /** Begins with it at once, so that nothing comes between two of them. */
  const runEffect = (which: Which, effect: FloorEffect, { held, until }: Moved): Promise<void> | undefined => {
    if (effect.type === 'cancel_turn') {
      const turn = turns.of(which)
      if (effect.reason === 'newer_message') turns.giveWay(which)
      else if (turn) turns.abandon(turn)
    }
    if (effect.type !== 'start_turn') return undefined
    if (closed) return leave({ which, fence: effect.fence })
    const { fence, messageIds, delayMs } = effect
    const author = { kind: 'assistant' as const, id: held.widgetId, name: held.widgetName }
    turns.begin({ which, fence, messageIds, delayMs, until, author, afterSeq: held.headSeq })
    return undefined
  }

  const take = async (turn: TurnUnderWay): Promise<void> => {
    const { which, fence, messageIds } = turn
    const { organizationId } = which
    const stopWatching = writer ? watch(turn) : () => {}
    try {
      const loaded = await loadTurn(database.of(organizationId), which, messageIds, clock())
      if (!loaded) return
      // Which whoever holds the conversation sees as well.
      if (loaded === 'switched_off') return await lookAtFloor(which)
      const retriever = createWidgetRetriever({ database, organizationId, widgetId: loaded.widgetId })
      const teamOnline = await context.isTeamThere(which)
      const meaning = context.searches?.of({ ...which, widgetId: loaded.widgetId }) ?? null
      const asked = { turn: loaded, retriever, meaning, teamOnline }
      const taken = await takeTurn({
        ...asked,
        writer: writer ? createWriterForTurn({ database, writer }, turn, loaded) : null,
      })
      turn.settling = true
      if (taken) await settle(which, { type: 'turn_done', fence, outcome: taken.outcome }, taken)
    } catch (error) {
      logger.warn({ err: error, conversationId: which.conversationId }, 'a turn of the assistant failed')
      await move(which, { type: 'turn_done', fence, outcome: { kind: 'failed' } })
    } finally {
      stopWatching()
      turns.end(turn)
      // What was said of an earlier answer meanwhile.
      void run(() => offerPerson(which), which)
    }
  }

  /** As long as somebody else's words are waited for: whether they are still wanted, and whether there is time. */
  const watch = (turn: TurnUnderWay): (() => void) => {
    const stopLooking = lookOften(timers, () => run(() => look(turn), turn.which))
    const cancel = beforeEnd(timers, { until: turn.until, now: clock().getTime() }, () => turn.hurry.abort())
    return () => {
      stopLooking()
      cancel()
    }
  }

  const look = async (turn: TurnUnderWay): Promise<void> => {
    if (turn.settling) return
    const whose = await whoseFloor(database.of(turn.which.organizationId), turn.which, turn.fence)
    if (whose !== 'own') turns.abandon(turn, { dropSigns: whose === 'another_turn' })
  }
  const lookAt = (which: Which) => {
    const turn = turns.of(which)
    if (turn && !turn.settling) void run(() => look(turn), which)
  }

  const wrote = async (which: Which): Promise<void> => {
    if (await isItsOwn(database, which)) await move(which, { type: 'visitor_wrote' })
  }
  /** The team sees at once what is its own from now on. Whatever this leaves is found when its visitor writes. */
  const leaveToTeam = async (organizationId: string, widgetId: string): Promise<void> => {
    let left: Which[] = []
    do {
      left = await findSwitchedOff(database, { organizationId, widgetId, after: left.at(-1)?.conversationId ?? null })
      for (const which of left) {
        if (closed) return
        await lookAtFloor(which).catch((error) => fail(error, which))
      }
    } while (left.length > 0)
  }
  const stops = [
    ...(context.widgetFeed
      ? [
          context.widgetFeed.onChange(({ organizationId, widgetId }) => {
            void run(() => leaveToTeam(organizationId, widgetId), { organizationId })
          }),
        ]
      : []),
    context.changes.onChange(({ organizationId, conversationId, events, unhelpful }: Change) => {
      const which = { organizationId, conversationId }
      if (unhelpful) void run(() => offerPerson(which), which)
      for (const event of events)
        if (event.type === 'message.created' && event.author.kind === 'visitor') void run(() => wrote(which), which)
        else lookAt(which)
    }),
    onChangedElsewhere(context.hints, ({ organizationId, conversationId }) =>
      lookAt({ organizationId, conversationId }),
    ),
  ]
  const TAKE_UP = {
    late: lookAtFloor,
    unanswered: wrote,
    unhelpful: offerPerson,
    owed: (which: Which) => makeOwedTicket({ database, messages, clock }, which),
  }
  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay)
  }

  return {
    async sweep() {
      try {
        const now = clock()
        await dropStaleFloors(database.system, now)
        const moves = (await findLeft(database, now)).map(({ what, ...which }) =>
          run(() => TAKE_UP[what](which), which),
        )
        // Not for turns: a provider may take its time, and others wait for this look.
        await Promise.all(moves)
      } catch (error) {
        logger.warn({ err: error }, 'what the assistant is to answer could not be read')
      }
    },
    idle,
    async close() {
      closed = true
      for (const stop of stops) stop()
      // Another node takes up what this one has not begun with, and not only when its time is over.
      const left = turns.close().map((turn) => leave(turn).catch((error) => fail(error, turn.which)))
      await Promise.all([...left, idle()])
    },
  }
}

/** What a move of the floor has come to. `until`: by when the turn that it begins must be over. */
interface Moved {
  effects: readonly FloorEffect[]
  held: HeldConversation
  until: number
}
