import type { MessageView, TimelineEntry } from '@chatdesk/core'
import type { Author, ConversationStatus } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { changeText } from '../extras/change-text.js'
import { firstUnread } from './first-unread.js'
import { threadRows } from './thread-rows.js'

const asha: Author = { kind: 'agent', id: 'a1', name: 'Asha' }
const visitor: Author = { kind: 'visitor', id: 'v1' }

function message(key: string, author: Author, at: [day: number, hour: number, minute: number]): MessageView {
  return {
    type: 'message',
    key,
    author,
    own: author.kind === 'visitor',
    parts: [{ type: 'text', text: key }],
    createdAt: new Date(2026, 10, at[0], at[1], at[2], 30).toISOString(),
    delivery: 'sent',
  }
}

function change(key: string, status: ConversationStatus, agent: Author | null): TimelineEntry {
  return {
    type: 'change',
    key,
    seq: 1,
    change: {
      type: 'conversation.changed',
      id: key,
      conversationId: 'c',
      seq: 1,
      createdAt: new Date(2026, 10, 20, 9, 0).toISOString(),
      author: agent ?? visitor,
      status,
      agent,
    },
  }
}

const outline = (entries: TimelineEntry[], newFrom: string | null = null) =>
  threadRows(entries, newFrom).map((row) => {
    if (row.kind === 'group') return row.messages.map(({ key }) => key).join('+')
    return row.kind === 'change' ? changeText(row)?.key : row.kind
  })

describe('threadRows', () => {
  it('groups by author and minute, and separates days', () => {
    const entries = [
      message('a', visitor, [19, 9, 0]),
      message('b', visitor, [19, 9, 0]),
      message('c', visitor, [19, 9, 1]),
      message('d', asha, [19, 9, 1]),
      message('e', asha, [20, 9, 1]),
    ]
    expect(outline(entries)).toEqual(['day', 'a+b', 'c', 'd', 'day', 'e'])
  })

  it('puts the divider before the first unread message, and splits its group there', () => {
    const entries = [message('a', asha, [20, 9, 0]), message('b', asha, [20, 9, 0]), message('c', asha, [20, 9, 0])]
    expect(outline(entries, firstUnread(entries, 2))).toEqual(['day', 'a', 'new', 'b+c'])
  })

  it('has keys that differ, also when clocks jump back over midnight', () => {
    const entries = [message('a', asha, [20, 0, 1]), message('b', asha, [19, 23, 59]), message('c', asha, [20, 0, 2])]
    const keys = threadRows(entries, 'b').map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('says what changed, and nothing where a reader would learn nothing', () => {
    const entries = [
      change('1', 'waiting', null),
      change('2', 'assigned', asha),
      change('3', 'assigned', asha),
      change('4', 'resolved', asha),
      change('5', 'assigned', asha),
    ]
    expect(outline(entries)).toEqual([
      'day',
      undefined,
      'changeAssigned',
      undefined,
      'changeResolved',
      'changeReopened',
    ])
  })

  it('says who joined, who took over, and who left', () => {
    const ben = { kind: 'agent' as const, id: 'ben', name: 'Ben' }
    const rows = threadRows(
      [
        change('1', 'assigned', asha),
        change('2', 'assigned', ben),
        change('3', 'waiting', null),
        change('4', 'open', null),
        change('5', 'waiting', null),
      ],
      null,
    )
    expect(rows.flatMap((row) => (row.kind === 'change' ? (changeText(row) ?? []) : []))).toEqual([
      { key: 'changeAssigned', name: 'Asha' },
      { key: 'changeAssigned', name: 'Ben' },
      { key: 'changeLeft', name: 'Ben' },
      { key: 'changeWaiting', name: '' },
    ])
  })
})

describe('firstUnread', () => {
  it('counts messages of the other side only', () => {
    const entries = [message('a', asha, [20, 9, 0]), message('b', visitor, [20, 9, 1]), message('c', asha, [20, 9, 2])]
    expect(firstUnread(entries, 1)).toBe('c')
    expect(firstUnread(entries, 2)).toBe('a')
    expect(firstUnread(entries, 0)).toBeNull()
  })
})
