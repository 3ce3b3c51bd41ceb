import { expect, it } from 'vitest'
import { reactionTo, type Situation } from './reaction-to.js'

const situation = (over: Partial<Situation>) => ({ visible: true, open: false, muted: false, notices: true, ...over })

it.each<[string, Partial<Situation>, { sound: boolean; notice: boolean }]>([
  ['closed, and in view', {}, { sound: true, notice: false }],
  ['open, and in view', { open: true }, { sound: false, notice: false }],
  ['open, and hidden', { open: true, visible: false }, { sound: true, notice: true }],
  ['closed, and hidden', { visible: false }, { sound: true, notice: true }],
  ['muted', { visible: false, muted: true }, { sound: false, notice: true }],
  ['without notifications', { visible: false, notices: false }, { sound: true, notice: false }],
])('%s', (_, over, reaction) => {
  expect(reactionTo(situation(over))).toMatchObject(reaction)
})

it('leaves a message to tabs that can be seen first', () => {
  expect(reactionTo(situation({ visible: false })).patience).toBeGreaterThan(reactionTo(situation({})).patience)
})
