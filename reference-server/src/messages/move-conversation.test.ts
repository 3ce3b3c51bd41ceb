import { describe, expect, it } from 'vitest'
import { type Destination, type Move, resolveMove, type Standing } from './move-conversation.js'

const ANA = { kind: 'agent', id: 'ana', name: 'Ana' } as const
const BEN = { kind: 'agent', id: 'ben', name: 'Ben' } as const
const queue: Destination = { status: 'waiting', agent: null, departmentId: null }
const waiting: Standing = { ...queue, unanswered: true, snoozed: false }
const withAna: Destination = { status: 'assigned', agent: ANA, departmentId: 'sales' }
const ofAna: Standing = { ...withAna, unanswered: true, snoozed: false }
const overWithAna: Standing = { ...ofAna, status: 'resolved' }
const over: Standing = { ...waiting, status: 'resolved' }

describe('where a move leads', () => {
  it.each<[string, Standing, Move, ReturnType<typeof resolveMove>]>([
    ['[C15] assigns what waits', waiting, { to: 'agent', agent: ANA }, { ...queue, status: 'assigned', agent: ANA }],
    ['[C15] passes on what is somebody’s', ofAna, { to: 'agent', agent: BEN }, { ...withAna, agent: BEN }],
    ['[C15] takes up what is over', overWithAna, { to: 'agent', agent: BEN }, { ...withAna, agent: BEN }],
    ['[C15] leaves it with who has it', ofAna, { to: 'agent', agent: ANA, expectedAgentId: null }, undefined],
    ['[C15] takes it from nobody else', ofAna, { to: 'agent', agent: BEN, expectedAgentId: null }, 'taken'],
    [
      '[C15] takes it from who is named',
      ofAna,
      { to: 'agent', agent: BEN, expectedAgentId: 'ana' },
      { ...withAna, agent: BEN },
    ],
    ['[C16] lets it wait', ofAna, { to: 'queue' }, { ...queue, departmentId: 'sales' }],
    ['[C16] lets it wait for others', ofAna, { to: 'queue', departmentId: 'help' }, { ...queue, departmentId: 'help' }],
    ['[C16] lets it wait for all', ofAna, { to: 'queue', departmentId: null }, queue],
    ['[C16] leaves what waits there', waiting, { to: 'queue' }, undefined],
    ['[C16] lets what is over wait', over, { to: 'queue' }, queue],
    ['[C17] reopens with its agent', overWithAna, { to: 'reopened', agent: BEN }, withAna],
    [
      '[C17] reopens with who does it',
      over,
      { to: 'reopened', agent: BEN },
      { ...queue, status: 'assigned', agent: BEN },
    ],
    [
      '[L2] gives what waits to who is on duty',
      waiting,
      { to: 'duty', agent: ANA, capacity: 1 },
      { ...queue, status: 'assigned', agent: ANA },
    ],
    ['[L2] gives nothing that is somebody’s by then', ofAna, { to: 'duty', agent: BEN, capacity: 1 }, 'taken'],
    ['[L2] gives nothing that is over by then', over, { to: 'duty', agent: BEN, capacity: 1 }, 'taken'],
    [
      '[L2] gives nothing that was put away by then',
      { ...waiting, snoozed: true },
      { to: 'duty', agent: BEN, capacity: 1 },
      'taken',
    ],
    ['[L4] takes it from who has left', ofAna, { to: 'line', fromAgentId: 'ana' }, { ...queue, departmentId: 'sales' }],
    ['[L4] takes it from nobody else', ofAna, { to: 'line', fromAgentId: 'ben' }, 'taken'],
    [
      '[L4] leaves what was answered by then',
      { ...ofAna, unanswered: false },
      { to: 'line', fromAgentId: 'ana' },
      'taken',
    ],
    ['[L4] leaves what was put away', { ...ofAna, snoozed: true }, { to: 'line', fromAgentId: 'ana' }, 'taken'],
    ['[C17] leaves what is not over', waiting, { to: 'reopened', agent: BEN }, undefined],
  ])('%s', (_, standing, move, expected) => {
    expect(resolveMove(standing, move)).toEqual(expected)
  })
})
