import type { ProactiveRule } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { dueRule, type RuleMemory, type Visit } from './due-rule.js'

const VISIT: Visit = {
  url: 'https://shop.example/products/42/reviews?sort=new',
  seconds: 30,
  scrolled: 50,
  returning: false,
  exiting: false,
  open: true,
  events: new Set(['cart:filled']),
}
const NOTHING: RuleMemory = { spoke: false, shown: {}, dismissed: {} }
const NOW = Date.UTC(2026, 0, 20, 12)
const HOUR = 3_600_000

const rule = (when: ProactiveRule['when'], id = 'rule-1'): ProactiveRule => ({ id, when, message: 'Hello' })
const isDue = (when: ProactiveRule['when'], visit: Partial<Visit> = {}, memory: Partial<RuleMemory> = {}) =>
  dueRule([rule(when)], { ...VISIT, ...visit }, { ...NOTHING, ...memory }, NOW) !== undefined

describe('when a rule has its moment', () => {
  it.each<[ProactiveRule['when'], Partial<Visit>, boolean]>([
    [{}, {}, true],
    [{ url: '/products/' }, {}, true],
    [{ url: '/pricing' }, {}, false],
    [{ url: '/products/*/reviews' }, {}, true],
    [{ url: '/reviews*/products/' }, {}, false],
    [{ url: 'shop.example/*/42/*sort=' }, {}, true],
    [{ url: '*' }, {}, true],
    [{ url: '/products/4.' }, {}, false],
    [{ url: '4*2/reviews' }, {}, true],
    [{ url: '42*42' }, {}, false],
    [{ secondsOnPage: 30 }, {}, true],
    [{ secondsOnPage: 30 }, { seconds: 29.9 }, false],
    [{ scrollPercent: 50 }, {}, true],
    [{ scrollPercent: 51 }, {}, false],
    [{ returning: true }, {}, false],
    [{ returning: true }, { returning: true }, true],
    [{ returning: false }, {}, true],
    [{ returning: false }, { returning: true }, false],
    [{ exitIntent: true }, {}, false],
    [{ exitIntent: true }, { exiting: true }, true],
    [{ exitIntent: false }, {}, true],
    [{}, { open: false }, false],
    [{ outOfHours: false }, { open: false }, false],
    [{ outOfHours: true }, { open: false }, true],
    [{ outOfHours: true }, {}, true],
    [{ event: 'cart:filled' }, {}, true],
    [{ event: 'cart' }, {}, false],
    [{ url: '/products/', secondsOnPage: 10, scrollPercent: 10, event: 'cart:filled' }, {}, true],
    [{ url: '/products/', secondsOnPage: 31 }, {}, false],
  ])('%j with %j: %s', (when, visit, due) => {
    expect(isDue(when, visit)).toBe(due)
  })

  it('lets the first of several speak', () => {
    const rules = [rule({ url: '/pricing' }, 'a'), rule({}, 'b'), rule({}, 'c')]
    expect(dueRule(rules, VISIT, NOTHING, NOW)?.id).toBe('b')
  })
})

describe('how often a rule speaks', () => {
  it.each<[string, Partial<RuleMemory>, boolean]>([
    ['another one has spoken in this tab', { spoke: true }, false],
    ['it spoke 23 hours ago', { shown: { 'rule-1': NOW - 23 * HOUR } }, false],
    ['it spoke a day ago', { shown: { 'rule-1': NOW - 24 * HOUR } }, true],
    ['it was sent away 6 days ago', { dismissed: { 'rule-1': NOW - 6 * 24 * HOUR } }, false],
    ['it was sent away 7 days ago', { dismissed: { 'rule-1': NOW - 7 * 24 * HOUR } }, true],
    ['another one was sent away today', { dismissed: { 'rule-2': NOW } }, true],
  ])('%s', (_, memory, due) => {
    expect(isDue({}, {}, memory)).toBe(due)
  })

  it('leaves the word to the next one', () => {
    const rules = [rule({}, 'a'), rule({}, 'b')]
    expect(dueRule(rules, VISIT, { ...NOTHING, shown: { a: NOW } }, NOW)?.id).toBe('b')
  })
})
