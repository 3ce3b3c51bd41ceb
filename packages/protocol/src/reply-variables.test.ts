import { describe, expect, it } from 'vitest'
import { fillReply, type ReplyValues, replyPieces, unknownVariables } from './reply-variables.js'

const KNOWN: ReplyValues = {
  'visitor.name': 'Anaya',
  'visitor.email': 'anaya@example.test',
  'agent.name': 'Ravi',
  'organization.name': 'Northwind',
}
const UNKNOWN: ReplyValues = { 'visitor.name': null, 'visitor.email': null, 'agent.name': '', 'organization.name': ' ' }

describe('what stands in double braces', () => {
  it.each([
    ['Hi {{visitor.name}}, {{agent.name}} of {{organization.name}} here.', 'Hi Anaya, Ravi of Northwind here.'],
    ['We write to {{ visitor.email }}.', 'We write to anaya@example.test.'],
    ['Hi {{visitor.name|there}}!', 'Hi Anaya!'],
    ['{{nobody}} and {visitor.name} and {{visitor.name', '{{nobody}} and {visitor.name} and {{visitor.name'],
    ['{{{visitor.name}}}', '{Anaya}'],
  ])('[D4] is filled: %s', (text, filled) => expect(fillReply(text, KNOWN)).toBe(filled))

  it.each([
    ['Hi {{visitor.name|there}}!', 'Hi there!'],
    ['Hi {{visitor.name| dear friend }}!', 'Hi dear friend!'],
    ['Hi {{visitor.name}}!', 'Hi !'],
    ['From {{agent.name|us}} at {{organization.name|ours}}', 'From us at ours'],
  ])('[D4] gives way to its fallback where nothing is known: %s', (text, filled) =>
    expect(fillReply(text, UNKNOWN)).toBe(filled),
  )

  it('[D4] reads no variable in what a visitor calls itself, and takes one line of it', () => {
    const values = { ...KNOWN, 'visitor.name': ' {{visitor.email}}\n\n$& ' }
    expect(fillReply('Hi {{visitor.name}}', values)).toBe('Hi {{visitor.email}} $&')
    expect(fillReply('{{visitor.name}}', { ...KNOWN, 'visitor.name': 'x'.repeat(500) })).toBe('x'.repeat(100))
  })

  it('[D4] is told apart from words, and what is no variable is words', () => {
    expect(replyPieces('Hi {{ visitor.name | there }}, {{nobody}} here.{{agent.name}}')).toEqual([
      { words: 'Hi ' },
      { variable: 'visitor.name', fallback: 'there', from: 3 },
      { words: ', {{nobody}} here.' },
      { variable: 'agent.name', fallback: '', from: 47 },
    ])
    expect(replyPieces('')).toEqual([])
  })

  it('[D4] is named where it is no variable', () => {
    expect(unknownVariables('{{visitor.name}} {{visitor.nam}} {{ }} {{visitor.nam|there}} {{constructor}}')).toEqual([
      'visitor.nam',
      '',
      'constructor',
    ])
    expect(unknownVariables('{{visitor.name|there}} {{agent.name}} {not.one}')).toEqual([])
  })
})
