import type { LogEvent, ServerFrame } from '@chatdesk/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AGENT, CONVERSATION_ID, change, message, serverId, sync, VISITOR } from '../testing/builders.js'
import { deepFreeze } from '../testing/deep-freeze.js'
import { type ConversationState, lastSeq, type Reduction, unknownConversation } from './conversation-state.js'
import { reduceCommand } from './reduce-command.js'
import { reduceFrame } from './reduce-frame.js'
import { selectTyping } from './selectors.js'

const NOW = 1_000_000

function frame(state: ConversationState, frame: ServerFrame, now = NOW): Reduction {
  return deepFreeze(reduceFrame(deepFreeze(state), deepFreeze(frame), now))
}

function synced(events: readonly LogEvent[] = [], over: Partial<Parameters<typeof sync>[0]> = {}): ConversationState {
  const blank = unknownConversation({ kind: 'visitor' }, CONVERSATION_ID)
  return frame(blank, {
    type: 'conversation.synced',
    commandId: 'x',
    presence: 'online',
    sync: sync({ events: [...events], ...over }),
  }).state
}

function page(events: readonly LogEvent[], headSeq: number, reachedStart = false): ServerFrame {
  return {
    type: 'history.page',
    commandId: 'x',
    conversationId: CONVERSATION_ID,
    events: [...events],
    reachedStart,
    headSeq,
  }
}

const logOf = (length: number, from = 1) => Array.from({ length }, (_, index) => message({ seq: from + index }))
const seqs = (state: ConversationState) => state.events.map(({ seq }) => seq)
const queued = (clientMessageId: string) =>
  ({ type: 'message.queued', clientMessageId, parts: [{ type: 'text', text: 'own' }], createdAt: '' }) as const

describe('a sync while the connection is open, as transports of many requests bring it', () => {
  const again = (state: ConversationState, over: Partial<Parameters<typeof sync>[0]>) =>
    frame(state, { type: 'conversation.synced', commandId: 'x', presence: 'online', sync: sync(over) })

  it('that was overtaken by live events changes nothing, not even the status', () => {
    const live = frame(synced(logOf(2)), change({ seq: 3, status: 'resolved' })).state
    for (const recovery of ['resumed', 'fresh'] as const) {
      const late = again(live, { recovery, events: [], headSeq: 2, status: 'assigned' })
      expect(late).toEqual({ state: live, effects: [] })
    }
    expect(seqs(again(live, { recovery: 'gap', events: logOf(1), headSeq: 1 }).state)).toEqual([1])
  })

  it('ends nobody’s typing when it brings only what was missed', () => {
    const typing = frame(synced(logOf(1)), {
      type: 'typing.changed',
      conversationId: CONVERSATION_ID,
      author: AGENT,
      active: true,
    }).state
    expect(typing.typing).toHaveLength(1)
    expect(again(typing, { recovery: 'resumed', events: [], headSeq: 1 }).state.typing).toBe(typing.typing)
  })
})

describe('events', () => {
  it('[Q4] applies the next, drops what it has and what is beyond a hole, and asks for the hole once', () => {
    const start = synced(logOf(2))
    expect(seqs(frame(start, message({ seq: 3 })).state)).toEqual([1, 2, 3])
    expect(frame(start, message({ seq: 2 })).state.events).toBe(start.events)

    const ahead = frame(start, message({ seq: 5 }))
    expect(seqs(ahead.state)).toEqual([1, 2])
    expect(ahead.effects).toEqual([{ type: 'history.load', afterSeq: 2, limit: 100 }])
    const further = frame(ahead.state, message({ seq: 6 }))
    expect(further.effects).toEqual([])

    const filled = frame(further.state, page(logOf(4, 3), 6))
    expect(seqs(filled.state)).toEqual([1, 2, 3, 4, 5, 6])
    expect(filled.effects).toHaveLength(4)
    const ended = reduceCommand(filled.state, { type: 'fill.ended', afterSeq: 2 })
    expect(ended).toMatchObject({ state: { filling: false }, effects: [] })
  })

  it('[Q4] goes on asking while a page brings something, and stops when it brings nothing', () => {
    const behind = frame(synced(), { type: 'heartbeat', heads: { [CONVERSATION_ID]: 150 } })
    const first = frame(behind.state, page(logOf(100), 150)).state
    expect(reduceCommand(first, { type: 'fill.ended', afterSeq: 0 }).effects).toMatchObject([{ afterSeq: 100 }])
    expect(reduceCommand(behind.state, { type: 'fill.ended', afterSeq: 0 })).toMatchObject({
      state: { filling: false },
      effects: [],
    })
  })

  it('[Q4] what came beyond a hole while it was filled is asked for as well', () => {
    const ahead = frame(synced(logOf(2)), message({ seq: 4 })).state
    const further = frame(ahead, message({ seq: 5 })).state
    // The page was read before the fifth was there.
    const filled = frame(further, page(logOf(2, 3), 4)).state
    expect(seqs(filled)).toEqual([1, 2, 3, 4])
    expect(reduceCommand(filled, { type: 'fill.ended', afterSeq: 2 }).effects).toMatchObject([{ afterSeq: 4 }])
  })

  it('[Q5] takes a higher head in a heartbeat for a hole, and one of another conversation for nothing', () => {
    const start = synced(logOf(2))
    expect(frame(start, { type: 'heartbeat', heads: { [CONVERSATION_ID]: 3 } }).effects).toMatchObject([
      { afterSeq: 2 },
    ])
    expect(frame(start, { type: 'heartbeat', heads: { [CONVERSATION_ID]: 2 } }).effects).toEqual([])
    expect(frame(start, { type: 'heartbeat', heads: { [serverId(9)]: 99 } }).effects).toEqual([])
  })

  it('[Q6] replaces one’s own message by its event, and only by one of the same author', () => {
    const start = reduceCommand(synced(), queued('client-id')).state
    const foreign = frame(start, message({ seq: 1, author: AGENT, clientMessageId: 'client-id' }))
    expect(foreign.state.outbox).toHaveLength(1)
    const own = frame(foreign.state, message({ seq: 2, author: VISITOR, clientMessageId: 'client-id' }))
    expect(own.state.outbox).toEqual([])
    expect(own.effects).toMatchObject([{ type: 'message', settled: true }, { type: 'outbox.changed' }])
  })

  it('follow status and agent', () => {
    expect(frame(synced(), change({ seq: 1 })).state).toMatchObject({ status: 'assigned', agent: AGENT })
  })

  it('of other conversations change nothing', () => {
    const start = synced(logOf(1))
    expect(frame(start, message({ seq: 2, conversationId: serverId(9) })).state).toBe(start)
  })
})

it("[Q6] messages of one page are told of once each, in their order, and of one's own that it is settled", () => {
  const parts = [{ type: 'text' as const, text: 'mine' }]
  const queued = { type: 'message.queued', clientMessageId: 'own-1', parts, createdAt: '' } as const
  const state = reduceCommand(synced(logOf(1)), queued).state
  const own = message({ seq: 3, author: VISITOR, clientMessageId: 'own-1' })
  const { effects } = frame(state, page([message({ seq: 2 }), own, message({ seq: 4 })], 4))
  expect(
    effects.flatMap((effect) => (effect.type === 'message' ? [[effect.message.seq, effect.settled]] : [])),
  ).toEqual([
    [2, false],
    [3, true],
    [4, false],
  ])
})

describe('recovery', () => {
  it('[R2] takes a fresh answer as it is and tells of nothing', () => {
    const blank = unknownConversation({ kind: 'visitor' }, CONVERSATION_ID)
    const answer = sync({ events: logOf(50, 51), reachedStart: false, headSeq: 100 })
    const { state, effects } = frame(blank, {
      type: 'conversation.synced',
      commandId: 'x',
      presence: 'online',
      sync: answer,
    })
    expect(seqs(state)).toEqual(answer.events.map(({ seq }) => seq))
    expect(state).toMatchObject({ synced: true, reachedStart: false })
    expect(effects).toEqual([])
  })

  it('tells of what came into a log that was held as an empty one, which has no cursor', () => {
    const answer = sync({ events: logOf(2), reachedStart: true })
    const fresh: ServerFrame = { type: 'conversation.synced', commandId: 'x', presence: 'online', sync: answer }
    expect(frame(synced([]), fresh).effects).toMatchObject([{ message: { seq: 1 } }, { message: { seq: 2 } }])
    expect(frame(unknownConversation({ kind: 'visitor' }, CONVERSATION_ID), fresh).effects).toEqual([])
  })

  it('takes a fresh answer that was asked for when less was held as going on from there', () => {
    const answer = sync({ events: logOf(3), reachedStart: true })
    const { state, effects } = frame(synced(logOf(2)), {
      type: 'conversation.synced',
      commandId: 'x',
      presence: 'online',
      sync: answer,
    })
    expect(seqs(state)).toEqual([1, 2, 3])
    expect(effects).toMatchObject([{ message: { seq: 3 } }])
  })

  it('[R3] adds what was missed and tells of it', () => {
    const answer = sync({ recovery: 'resumed', events: logOf(2, 3), reachedStart: false })
    const { state, effects } = frame(synced(logOf(2)), {
      type: 'conversation.synced',
      commandId: 'x',
      presence: 'online',
      sync: answer,
    })
    expect(seqs(state)).toEqual([1, 2, 3, 4])
    expect(state.reachedStart).toBe(true)
    expect(effects).toMatchObject([{ message: { seq: 3 } }, { message: { seq: 4 } }])
  })

  it('[R4] drops the log with its hole, and keeps what is unsent', () => {
    let state = reduceCommand(synced(logOf(9)), queued('client-id')).state
    state = frame(state, message({ seq: 20 })).state
    const answer = sync({ recovery: 'gap', events: logOf(3), headSeq: 3 })
    const after = frame(state, { type: 'conversation.synced', commandId: 'x', presence: 'online', sync: answer })
    expect(seqs(after.state)).toEqual([1, 2, 3])
    expect(after.state).toMatchObject({ headSeq: 3, filling: false })
    expect(after.state.outbox).toHaveLength(1)
    expect(after.effects).toEqual([])
  })

  it('what came beyond a hole belongs to the connection before', () => {
    const state = frame(synced(logOf(1)), message({ seq: 3, text: 'of a log that is gone' })).state
    const lost = reduceCommand(state, { type: 'connection.lost' }).state
    const answer = sync({ recovery: 'resumed', events: [message({ seq: 2 })], headSeq: 2 })
    expect(
      seqs(frame(lost, { type: 'conversation.synced', commandId: 'x', presence: 'online', sync: answer }).state),
    ).toEqual([1, 2])
  })

  it('[H1] puts older events before, only where they join', () => {
    const start = synced(logOf(5, 11), { reachedStart: false })
    expect(seqs(frame(start, page(logOf(5, 6), 15)).state)).toHaveLength(10)
    expect(seqs(frame(start, page(logOf(5, 1), 15, true)).state)).toHaveLength(5)
    expect(frame(start, page(logOf(10), 15, true)).state.reachedStart).toBe(true)
  })
})

describe('signs', () => {
  it('[H2] read marks never fall', () => {
    const read = (upToSeq: number) =>
      ({ type: 'message.read', conversationId: CONVERSATION_ID, reader: 'team', upToSeq }) as const
    const state = frame(frame(synced(logOf(5)), read(4)).state, read(2)).state
    expect(state.reads).toEqual({ visitor: 0, team: 4 })
  })

  it('[H2] a mark made here survives an answer that does not know it, but not the end of its log', () => {
    const state = reduceCommand(synced(logOf(5)), { type: 'reads.marked', upToSeq: 5 }).state
    const answer = (headSeq: number): ServerFrame => ({
      type: 'conversation.synced',
      commandId: 'x',
      sync: sync({ recovery: 'gap', events: logOf(headSeq) }),
      presence: 'online',
    })
    expect(frame(state, answer(9)).state.reads.visitor).toBe(5)
    expect(frame(state, answer(2)).state.reads.visitor).toBe(2)
  })

  it('[P4] presence changes nothing in a conversation', () => {
    const state = synced(logOf(3))
    const presence = [
      { type: 'visitor.presence', conversationId: CONVERSATION_ID, presence: 'away' },
      { type: 'team.presence', team: { online: true, agent: true } },
    ] as const
    for (const sign of presence) expect(frame(state, sign)).toEqual({ state, effects: [] })
  })

  it('[Y1] typing ends when it is said, by a message, or after its time; one’s own is not shown', () => {
    const typing = (active: boolean, author = AGENT): ServerFrame => ({
      type: 'typing.changed',
      conversationId: CONVERSATION_ID,
      author,
      active,
    })
    const typed = frame(synced(), typing(true)).state
    expect(typed.typing).toEqual([{ author: AGENT, until: NOW + 6_000 }])
    expect(frame(typed, typing(true), NOW + 3_000).state.typing).toEqual([{ author: AGENT, until: NOW + 9_000 }])
    expect(frame(typed, typing(false)).state.typing).toEqual([])
    expect(frame(typed, message({ seq: 1 })).state.typing).toEqual([])
    expect(frame(typed, message({ seq: 1, author: VISITOR })).state.typing).toHaveLength(1)
    expect(reduceCommand(typed, { type: 'typing.expired', now: NOW + 5_999 }).state.typing).toHaveLength(1)
    expect(reduceCommand(typed, { type: 'typing.expired', now: NOW + 6_000 }).state.typing).toEqual([])
    expect(frame(synced(), typing(true, VISITOR)).state.typing).toEqual([])
  })

  it('[B7] a draft is shown as it grows, and ends with its author’s typing', () => {
    const author = { kind: 'assistant', id: AGENT.id, name: 'Acme' } as const
    const draft = (text: string): ServerFrame => ({
      ...{ type: 'typing.changed', conversationId: CONVERSATION_ID, author, active: true },
      draft: text,
    })
    const texts = (state: ConversationState) => selectTyping(state).map((sign) => sign.draft)
    const held = synced(logOf(1))
    const first = frame(held, draft('One.')).state
    expect(texts(first)).toEqual(['One.'])
    const second = frame(first, draft('One. Two.')).state
    expect(texts(second)).toEqual(['One. Two.'])
    const answered = frame(second, message({ seq: 2, author })).state
    expect(texts(answered)).toEqual([])
    expect(texts(reduceCommand(second, { type: 'typing.expired', now: NOW + 6_000 }).state)).toEqual([])
  })
})

/** One step of an unkind network: what of the log arrives, or whether an asked page does. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('event' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('heartbeat' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('answer' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('lose answer' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('reconnect' as const), at: fc.nat() }),
)

it('[Q4] [Q5] [R3] any order, repetition and loss leaves a run of the log without a hole, and in the end all of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), fc.array(step, { maxLength: 80 }), (length, steps) => {
      const log = logOf(length)
      let state = synced()
      let asked: { afterSeq: number; limit: number } | undefined
      const heard: number[] = []

      const take = ({ state: next, effects }: Reduction) => {
        state = deepFreeze(next)
        for (const effect of effects) {
          if (effect.type === 'history.load') asked = effect
          if (effect.type === 'message') heard.push(effect.message.seq)
        }
        expect(seqs(state)).toEqual(log.slice(0, lastSeq(state)).map(({ seq }) => seq))
        expect(state.events).toEqual(log.slice(0, lastSeq(state)))
      }
      const answer = (arrives: boolean) => {
        if (!asked) return
        const { afterSeq, limit } = asked
        asked = undefined
        if (arrives) take(reduceFrame(state, page(log.slice(afterSeq, afterSeq + limit), length), NOW))
        take(reduceCommand(state, { type: 'fill.ended', afterSeq }))
      }
      const heartbeat = (head: number) =>
        take(reduceFrame(state, { type: 'heartbeat', heads: { [CONVERSATION_ID]: head } }, NOW))

      for (const { kind, at } of steps) {
        if (kind === 'event') take(reduceFrame(state, log[at % length] as LogEvent, NOW))
        else if (kind === 'heartbeat') heartbeat(at % (length + 1))
        else if (kind === 'reconnect') {
          asked = undefined
          take(reduceCommand(state, { type: 'connection.lost' }))
          const missed = log.slice(lastSeq(state), at % (length + 1))
          const headSeq = Math.max(lastSeq(state), at % (length + 1))
          const answered = sync({ recovery: 'resumed', events: missed, headSeq })
          take(
            reduceFrame(
              state,
              { type: 'conversation.synced', commandId: 'x', presence: 'online', sync: answered },
              NOW,
            ),
          )
        } else answer(kind === 'answer')
      }
      // The network heals: every asked page arrives, and a heartbeat tells the head.
      answer(true)
      heartbeat(length)
      for (let round = 0; asked && round < 10; round += 1) answer(true)
      expect(state.events).toEqual(log)
      expect(heard).toEqual(log.map(({ seq }) => seq))
    }),
    { numRuns: 300 },
  )
})
