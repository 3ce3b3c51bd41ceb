import { textOf } from '@chatdesk/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../organizations/actor.js'
import { createTenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'

/** Small, fast and repeatable: the same seed gives the same run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

describe.each(TEST_DATABASES)('any interleaving on %s', (kind) => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())

  const seeds = Array.from({ length: 6 }, () => Math.floor(Math.random() * 2 ** 31))
  it.each(seeds)('[Q1] [Q3] [Q7] batches, retries and authors in any order, seed %i', async (seed) => {
    const random = randomOf(seed)
    const below = (bound: number) => Math.floor(random() * bound)
    const tenant = await createTenant(test.database, { batchItems: 1 + below(8), queuedItems: 10_000 })
    const visitors = [await tenant.addVisitor(), await tenant.addVisitor()]
    const agents = [await tenant.addMember(), await tenant.addMember()]
    const conversations = await Promise.all(
      visitors.flatMap((visitor) => [0, 1].map(async () => ({ visitor, id: await tenant.addConversation(visitor) }))),
    )
    tenant.changes.length = 0
    const authors: Actor[] = [...visitors, ...agents]

    const meddle = async (author: Actor, conversationId: string) => {
      if (random() < 0.05) await tenant.backend.endConversation(author, { conversationId })
      if (random() < 0.2) await tenant.backend.markRead(author, { conversationId, upToSeq: below(40) })
    }

    /** One author's sends, one after the other; each may come several times, at once or later. */
    const write = async (author: Actor, index: number) => {
      const last = new Map<string, number>()
      const sent: { conversationId: string; clientMessageId: string; text: string; seq: number }[] = []
      for (let n = 0; n < 25; n++) {
        const mine = conversations.filter(({ visitor }) => author.kind === 'member' || visitor === author)
        const conversationId = mine[below(mine.length)]?.id ?? ''
        const repeated = random() < 0.2 ? sent[below(sent.length)] : undefined
        const message = repeated ?? { conversationId, clientMessageId: `author-${index}-${n}`, text: `${index}.${n}` }
        const { clientMessageId, text } = message
        const send = (words = text) =>
          tenant.backend.appendMessage(author, {
            conversationId: message.conversationId,
            clientMessageId,
            parts: [{ type: 'text', text: words }],
          })
        const answers = await Promise.all(Array.from({ length: 1 + below(3) }, () => send()))
        const seqs = new Set(answers.map(({ seq }) => seq))
        expect(seqs.size).toBe(1)
        const [seq = 0] = seqs
        if (repeated) expect(seq).toBe(repeated.seq)
        else {
          expect(seq).toBeGreaterThan(last.get(conversationId) ?? 0)
          last.set(conversationId, seq)
          sent.push({ ...message, seq })
        }
        if (random() < 0.1) await expect(send('other words')).rejects.toMatchObject({ code: 'ID_REUSED' })
        await meddle(author, conversationId)
      }
      return sent
    }
    const sent = (await Promise.all(authors.map(write))).flat()

    const [reader] = agents
    if (!reader) throw new Error('no agent')
    let messages = 0
    for (const { id: conversationId } of conversations) {
      const events = []
      for (let headSeq = 1; events.length < headSeq; ) {
        const page = await tenant.backend.loadHistory(reader, { conversationId, afterSeq: events.length, limit: 100 })
        events.push(...page.events)
        headSeq = page.headSeq
      }
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
      const told = tenant.changes.filter((change) => change.conversationId === conversationId)
      expect(told.flatMap((change) => change.events)).toEqual(events)
      for (const [index, event] of events.entries()) {
        if (event.type !== 'message.created') continue
        messages++
        const known = sent.find((entry) => entry.conversationId === conversationId && entry.seq === event.seq)
        expect(known).toMatchObject({ clientMessageId: event.clientMessageId, text: textOf(event.parts) })
        // C5: no message of a visitor ever follows an end directly.
        const before = events[index - 1]
        if (event.author.kind === 'visitor' && before?.type === 'conversation.changed')
          expect(before.status).not.toBe('resolved')
      }
      const [summary] = await tenant.backend.loadSummaries(tenant.organizationId, [conversationId])
      const { reads } = await tenant.backend.syncConversation(reader, { conversationId })
      const unread = events.filter(
        (event) => event.type === 'message.created' && event.author.kind === 'visitor' && event.seq > reads.team,
      )
      expect(summary?.unread).toBe(unread.length)
    }
    expect(messages).toBe(sent.length)
  })
})
