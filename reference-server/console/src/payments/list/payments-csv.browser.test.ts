import { expect, it } from 'vitest'
import { sampleId } from '../../testing/sample-data.js'
import { samplePayment } from '../../testing/sample-payments.js'
import { paymentsCsv } from './payments-csv.js'

it('writes a line for each, with amounts as numbers of their currency', () => {
  const csv = paymentsCsv([
    samplePayment(1),
    samplePayment(2, { amountMinor: 500, currency: 'JPY', requestedBy: null }),
  ])
  const [head, first, second, end] = csv.split('\r\n')
  expect(head?.startsWith('\uFEFFId,Requested at,For,Visitor,Amount,Currency,State')).toBe(true)
  expect(first).toContain(`${sampleId(4001)},`)
  expect(first).toContain(',Name approval,Anaya Deshmukh,1499.50,INR,Waiting,0.00,0.00,test,Priya Raman,')
  expect(second).toContain(',500,JPY,Waiting,0,0,test,member,')
  expect(end).toBe('')
})

it.each([
  ['a, b', '"a, b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+49', "'+49"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
])('keeps %j one cell that no program takes for a formula', (purpose, cell) => {
  expect(paymentsCsv([samplePayment(1, { purpose })])).toContain(`,${cell},Anaya Deshmukh,`)
})
