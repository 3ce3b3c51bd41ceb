import { expect, it } from 'vitest'
import { decimalOf, formatMinor, readAmount } from './money.js'

it.each([
  ['1499.5', 'INR', 149_950],
  ['1499', 'INR', 149_900],
  ['1499.', 'INR', 149_900],
  [' 12,34,567.05 ', 'INR', 123_456_705],
  ['1,234,567', 'USD', 123_456_700],
  ['0.01', 'EUR', 1],
  ['007', 'INR', 700],
  ['295', 'JPY', 295],
  ['99.99', 'KWD', 99_990],
  // As floats these would be 1.9999… and 110.00000000000001.
  ['1.15', 'INR', 115],
  ['4.35', 'INR', 435],
  ['9999999999999.99', 'INR', 999_999_999_999_999],
])('reads %s %s as %d of the smallest unit', (typed, currency, minor) => {
  expect(readAmount(typed, currency)).toEqual({ minor, problem: null })
})

it.each([
  ['', 'INR', null],
  ['ten', 'INR', 'Digits, with a point before the smaller unit: 1499.50.'],
  ['-5', 'INR', 'Digits, with a point before the smaller unit: 1499.50.'],
  ['1e5', 'INR', 'Digits, with a point before the smaller unit: 1499.50.'],
  ['1,50', 'EUR', 'Digits, with a point before the smaller unit: 1499.50.'],
  ['.5', 'EUR', 'Digits, with a point before the smaller unit: 1499.50.'],
  ['1.505', 'INR', 'INR has 2 digits behind the point.'],
  ['295.5', 'JPY', 'JPY has no smaller unit.'],
  ['99.991', 'KWD', 'The last digit behind the point must be 0 in KWD.'],
  ['0.00', 'INR', 'More than nothing.'],
  ['99999999999999.99', 'INR', 'This is too much.'],
])('says what is wrong with %s %s', (typed, currency, problem) => {
  expect(readAmount(typed, currency)).toEqual({ minor: null, problem })
})

it.each([
  [149_950, 'INR', '₹1,499.50', '1499.50'],
  [5, 'INR', '₹0.05', '0.05'],
  [295, 'JPY', '¥295', '295'],
  [99_990, 'KWD', 'KWD 99.990', '99.990'],
  [-20_000, 'INR', '-₹200.00', '-200.00'],
])('writes %d %s', (minor, currency, text, decimal) => {
  expect(formatMinor(minor, currency).replace('\u00a0', ' ')).toBe(text)
  expect(decimalOf(minor, currency)).toBe(decimal)
})
