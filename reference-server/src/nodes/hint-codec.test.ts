import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Hint } from './hint.js'
import { createHintCodec } from './hint-codec.js'

const where = { organizationId: randomUUID(), conversationId: randomUUID() }
const changed: Hint = { type: 'conversation.changed', ...where }
const widget: Hint = { type: 'widget.changed', organizationId: where.organizationId, widgetId: randomUUID() }
const author = { kind: 'agent' as const, id: randomUUID(), name: 'Asha' }
const typing: Hint = { type: 'typing.changed', ...where, author, active: true }
const secret = 'sixteen letters!'
const own = createHintCodec({ node: 'one' })
const other = createHintCodec({ node: 'two' })
const text = (hint: object, node = 'one') => JSON.stringify({ node, hints: [hint] })

it('carries hints to other nodes and not back to oneself', () => {
  const hints = [changed, widget, typing]
  expect(other.decode(own.encode(hints))).toEqual(hints)
  expect(own.decode(own.encode([changed]))).toEqual([])
})

describe('threat 44', () => {
  it('content does not come through', () => {
    const parts = [{ type: 'text', text: 'forged' }]
    expect(other.decode(text({ ...changed, headSeq: 99, events: [{ parts }], reads: { visitor: 9 } }))).toEqual([
      changed,
    ])
    expect(other.decode(text({ ...widget, widgetVersion: 'forged', name: 'forged' }))).toEqual([widget])
    expect(
      other.decode(
        text({ ...typing, author: { ...author, avatarUrl: 'https://elsewhere.test/a.png' }, text: 'forged' }),
      ),
    ).toEqual([typing])
  })

  it.each([
    '',
    'not json',
    '[]',
    'null',
    '{"node":"one"}',
    text({}),
    text({ ...changed, type: 'message.created' }),
    text({ ...changed, conversationId: "'; drop table events; --" }),
    text({ ...changed, organizationId: null }),
    text({ ...widget, widgetId: 'wk_demo' }),
    text({ ...typing, active: 'yes' }),
    text({ ...typing, author: { ...author, kind: 'system' } }),
    text({ ...typing, author: { ...author, name: 'x'.repeat(201) } }),
    text(changed, 'x'.repeat(65)),
    JSON.stringify({ node: 'one', hints: Array(101).fill(changed) }),
    `${text(changed)}${' '.repeat(400_000)}`,
    `${'['.repeat(50_000)}`,
  ])('what does not fit is refused as a whole (%#)', (forged) => {
    expect(other.decode(forged)).toBeUndefined()
  })

  it('[B7] words of a draft are believed only where they are signed; that somebody writes is in any case', () => {
    const writes = { ...typing, author: { ...author, kind: 'assistant' as const } }
    const draft = { afterSeq: 1, text: 'Pay at evil.test.' }
    expect(other.decode(text({ ...writes, draft }))).toEqual([writes])
    const [signing, checking] = ['one', 'two'].map((node) => createHintCodec({ node, secret }))
    expect(checking?.decode(signing?.encode([{ ...writes, draft }]) ?? '')).toEqual([{ ...writes, draft }])
    expect(other.decode(text({ ...writes, draft: { ...draft, text: 'x'.repeat(3_001) } }))).toBeUndefined()
  })

  it('[B7] words of a draft leave this node only where they are signed; that somebody writes does in any case', () => {
    const draft = { afterSeq: 1, text: 'Your refund is on its way.' }
    const sent = own.encode([{ ...typing, draft }, changed])
    expect(sent).not.toContain('refund')
    expect(sent).not.toContain('draft')
    expect(other.decode(sent)).toEqual([typing, changed])
    expect(createHintCodec({ node: 'one', secret }).encode([{ ...typing, draft }])).toContain(draft.text)
  })

  it('with a secret only what is signed with it is heard', () => {
    const signing = createHintCodec({ node: 'one', secret })
    const checking = createHintCodec({ node: 'two', secret })
    const signed = signing.encode([changed])
    expect(signed).not.toContain(secret)
    expect(checking.decode(signed)).toEqual([changed])
    const forged = signed.replace(where.conversationId, randomUUID())
    for (const refused of [
      forged,
      signed.slice(1),
      signed.slice(signed.indexOf('{')),
      ` ${text(changed)}`,
      own.encode([changed]),
      createHintCodec({ node: 'one', secret: 'another sixteen!' }).encode([changed]),
    ])
      expect(checking.decode(refused)).toBeUndefined()
    expect(other.decode(signed)).toBeUndefined()
  })
})
