import { describe, expect, it } from 'vitest'
import { type Move, resolveMove, type Standing } from './move-conversation.js'

const ANA = { kind: 'agent', id: 'ana', name: 'Ana' } as const
const BEN = { kind: 'agent', id: 'ben', name: 'Ben' } as const
const waiting: Standing = { status: 'waiting', agent: null, departmentId: null }
const ofAna: Standing = { status: 'assigned', agent: ANA, departmentId: 'sales' }
const overWithAna: Standing = { ...ofAna, status: 'resolved' }
const over: Standing = { ...waiting, status: 'resolved' }

describe('where a move leads', () => {
  it.each<[string, Standing, Move, ReturnType<typeof resolveMove>]>([
    ['[C15] assigns what waits', waiting, { to: 'agent', agent: ANA }, { ...waiting, status: 'assigned', agent: ANA }],
    ['[C15] passes on what is somebody’s', ofAna, { to: 'agent', agent: BEN }, { ...ofAna, agent: BEN }],
    ['[C15] takes up what is over', overWithAna, { to: 'agent', agent: BEN }, { ...ofAna, agent: BEN }],
    ['[C15] leaves it with who has it', ofAna, { to: 'agent', agent: ANA, expectedAgentId: null }, undefined],
    ['[C15] takes it from nobody else', ofAna, { to: 'agent', agent: BEN, expectedAgentId: null }, 'taken'],
    [
      '[C15] takes it from who is named',
      ofAna,
      { to: 'agent', agent: BEN, expectedAgentId: 'ana' },
      { ...ofAna, agent: BEN },
    ],
    ['[C16] lets it wait', ofAna, { to: 'queue' }, { ...waiting, departmentId: 'sales' }],
    [
      '[C16] lets it wait for others',
      ofAna,
      { to: 'queue', departmentId: 'help' },
      { ...waiting, departmentId: 'help' },
    ],
    ['[C16] lets it wait for all', ofAna, { to: 'queue', departmentId: null }, waiting],
    ['[C16] leaves what waits there', waiting, { to: 'queue' }, undefined],
    ['[C16] lets what is over wait', over, { to: 'queue' }, waiting],
    ['[C17] reopens with its agent', overWithAna, { to: 'reopened', agent: BEN }, ofAna],
    [
      '[C17] reopens with who does it',
      over,
      { to: 'reopened', agent: BEN },
      { ...waiting, status: 'assigned', agent: BEN },
    ],
    ['[C17] leaves what is not over', waiting, { to: 'reopened', agent: BEN }, undefined],
  ])('%s', (_, standing, move, expected) => {
    expect(resolveMove(standing, move)).toEqual(expected)
  })
})
