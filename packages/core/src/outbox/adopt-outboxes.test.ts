import { describe, expect, it } from 'vitest'
import { type AdoptOptions, adoptOutboxes } from './adopt-outboxes.js'
import { decodeOutbox, encodeOutbox, outboxKey, type StoredOutbox } from './outbox-disk.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const entry = (clientMessageId: string, over: object = {}) => ({
  clientMessageId,
  parts: [{ type: 'text' as const, text: `text of ${clientMessageId}` }],
  createdAt: '2026-11-21T11:00:00Z',
  delivery: 'queued' as const,
  ...over,
})

interface Posted {
  path: string
  token: string | null
  body: { clientMessageId: string }
}

/** A disk with the outbox of the tab `gone`, a server that answers with these statuses, then 201, and one tab that looks. */
function setUp(stored: StoredOutbox, { statuses = [] as number[], hasConversation = false, alive = false } = {}) {
  const key = outboxKey('wk', 'gone')
  const disk = new Map([
    [key, encodeOutbox([['visitor', stored]])],
    [outboxKey('another', 'gone'), 'of another widget'],
    ['chatdesk/else', 'of no outbox'],
  ])
  const posted: Posted[] = []
  const tab = { alive, heldBack: false, meanwhile: () => {} }
  const adopted: string[] = []
  const options: AdoptOptions = {
    url: 'https://chat.example',
    widgetKey: 'wk',
    now: () => NOW,
    storage: {
      keys: () => [...disk.keys()],
      get: (name) => disk.get(name) ?? null,
      set: (name, value) => void disk.set(name, value),
      remove: (name) => void disk.delete(name),
    },
    async fetch(url, { headers, body } = {}) {
      // A page of the tab that comes now would have to wait.
      expect(tab.heldBack).toBe(false)
      tab.meanwhile()
      const status = statuses.shift() ?? 201
      if (status === 0) throw new TypeError('Failed to fetch')
      const token = new Headers(headers).get('authorization')
      posted.push({ path: new URL(String(url)).pathname, token, body: JSON.parse(String(body)) })
      return new Response('{}', { status })
    },
    async whileGone(tabId, run) {
      if (tabId !== 'gone' || tab.alive) return
      tab.heldBack = true
      await run()
      tab.heldBack = false
    },
    async adopt(entries, visitorId, errands = []) {
      if (visitorId === 'somebody-else') return false
      if (!hasConversation) adopted.push(...errands.map(([id]) => id), ...entries.map((one) => one.clientMessageId))
      return !hasConversation
    },
  }
  const left = () => decodeOutbox(disk.get(key)).flatMap(([, { entries }]) => entries.map((one) => one.clientMessageId))
  return { disk, key, tab, posted, adopted, left, run: () => adoptOutboxes(options) }
}

const begun = { conversationId: 'c-1', sendToken: 'vo_secret' }

describe('what a tab that is gone has left', () => {
  it.each<[string, StoredOutbox['entries']]>([
    ['with its messages', [entry('a')]],
    ['without a message', []],
  ])('[V1] is what its visitor has said of themselves as well, %s', async (_, entries) => {
    const errand = { command: { type: 'visitor.update' as const, facts: { traits: { name: 'Asha' } } } }
    const { run, adopted, disk, key } = setUp({ entries, errands: [['e', errand]] })
    await run()
    expect(adopted).toEqual(['e', ...entries.map((one) => one.clientMessageId)])
    expect(disk.has(key)).toBe(false)
  })

  it('threat 13: stays where it is when its visitor is gone, whose session takes nothing any more', async () => {
    const { run, adopted, left } = setUp(
      { ...begun, visitorId: 'somebody-else', entries: [entry('a')] },
      { statuses: [401] },
    )
    await run()
    expect([adopted, left()]).toEqual([[], ['a']])
  })

  it('goes to its own conversation by its send token, in order, and leaves the disk', async () => {
    const { run, posted, adopted, disk, key } = setUp({ ...begun, entries: [entry('a'), entry('b')] })
    await run()
    expect(posted.map(({ body }) => body.clientMessageId)).toEqual(['a', 'b'])
    expect(posted[0]).toEqual({
      path: '/api/widget/conversations/c-1/messages',
      token: 'Bearer vo_secret',
      body: { clientMessageId: 'a', parts: entry('a').parts },
    })
    expect(adopted).toEqual([])
    expect(disk.has(key)).toBe(false)
    expect(disk.size).toBe(2)
  })

  it.each([0, 429, 503])('waits behind the first that cannot go now: %s', async (status) => {
    const { run, left, adopted } = setUp(
      { ...begun, entries: [entry('a'), entry('b'), entry('c')] },
      { statuses: [201, status] },
    )
    await run()
    expect([left(), adopted]).toEqual([['b', 'c'], []])
    await run()
    expect(left()).toEqual([])
  })

  it('is left to a page of the tab that comes back meanwhile, and so is what that one writes', async () => {
    const { run, tab, disk, key, posted, left, adopted } = setUp({ ...begun, entries: [entry('a')] })
    tab.meanwhile = () => {
      tab.alive = true
      disk.set(key, encodeOutbox([['visitor', { ...begun, entries: [entry('a'), entry('b')] }]]))
    }
    await run()
    expect([posted.length, left()]).toEqual([1, ['a', 'b']])
    tab.alive = false
    tab.meanwhile = () => {}
    await run()
    expect([left(), adopted]).toEqual([[], []])
  })

  it('becomes this tab’s own when it had no conversation, or its session is over, unless this tab has one', async () => {
    for (const stored of [{ entries: [entry('a')] }, { ...begun, entries: [entry('a')] }]) {
      const taker = setUp(stored, { statuses: [401] })
      await taker.run()
      expect([taker.adopted, taker.left()]).toEqual([['a'], []])
      const busy = setUp(stored, { statuses: [401], hasConversation: true })
      await busy.run()
      expect([busy.adopted, busy.left()]).toEqual([[], ['a']])
    }
  })

  it('threat 13: is nobody’s but that user’s, when one was signed in', async () => {
    for (const stored of [{ entries: [entry('a')] }, { ...begun, entries: [entry('a')] }]) {
      const { run, adopted, left } = setUp({ ...stored, user: true }, { statuses: [401] })
      await run()
      expect([adopted, left()]).toEqual([[], ['a']])
    }
    const { run, adopted, left } = setUp({ ...begun, user: true, entries: [entry('a')] })
    await run()
    expect([adopted, left()]).toEqual([[], []])
  })

  it('stays while the tab is alive', async () => {
    const { run, posted, left } = setUp({ ...begun, entries: [entry('a')] }, { alive: true })
    await run()
    expect([posted, left()]).toEqual([[], ['a']])
  })

  it('is dropped when it was refused before, or is older than any session', async () => {
    const failed = entry('refused', { error: { code: 'VALIDATION_FAILED' } })
    const old = entry('old', { createdAt: '2026-10-21T11:00:00Z' })
    const { run, posted, disk, key } = setUp({ ...begun, entries: [failed as never, old] })
    await run()
    expect([posted, disk.has(key)]).toEqual([[], false])
  })

  it('is no reason to fail when it is nonsense', async () => {
    const { run, disk, key } = setUp({ entries: [] })
    for (const text of [
      '',
      '{',
      'null',
      '{}',
      '[7]',
      '[["visitor"]]',
      '[["visitor",{"entries":7}]]',
      '[["visitor",{"entries":[7]}]]',
    ]) {
      disk.set(key, text)
      await run()
      expect(disk.has(key)).toBe(false)
    }
  })

  it('keeps the good entries when others are nonsense', () => {
    const good = { clientMessageId: 'a', parts: [], createdAt: '2026-11-21T11:00:00Z' }
    const text = JSON.stringify([['lane', { conversationId: 'c', entries: [7, null, {}, good] }]])
    expect(decodeOutbox(text)).toEqual([['lane', { conversationId: 'c', entries: [{ ...good, delivery: 'queued' }] }]])
  })
})
