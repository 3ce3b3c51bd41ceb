import { expect, it } from 'vitest'
import { CoreDriver } from '../__fixtures__/core-driver.js'
import { brokenInvariants, type SimulatorState } from '../core.js'

/** A simulator in which something was paid and partly refunded, with one record changed behind its back. */
function tampered<Table extends 'orders' | 'payments' | 'links' | 'refunds'>(table: Table, change: object): string[] {
  const simulator = new CoreDriver()
  const link = simulator.ok('POST', '/payment_links', { amount: 1_000 })
  const { paymentId } = simulator.pay({ linkId: link.id })
  simulator.ok('POST', `/payments/${paymentId}/refund`, { amount: 400 })
  expect(brokenInvariants(simulator.state)).toEqual([])
  const records = new Map([...simulator.state[table]].map(([id, record]) => [id, { ...record, ...change }]))
  return brokenInvariants({ ...simulator.state, [table]: records } as SimulatorState)
}

it.each([
  ['orders', { status: 'attempted' }],
  ['orders', { amountPaid: 900 }],
  ['orders', { amount: 900 }],
  ['orders', { attempts: 2 }],
  ['orders', { status: 'created' }],
  ['payments', { captured: false }],
  ['payments', { amountRefunded: 500 }],
  ['payments', { status: 'refunded' }],
  ['payments', { failure: 'card_declined' }],
  ['refunds', { amount: 2_000 }],
  ['refunds', { automatic: true }],
  ['links', { amountPaid: 0 }],
  ['links', { status: 'created' }],
] as const)('notices %s with %j', (table, change) => {
  expect(tampered(table, change)).not.toEqual([])
})
