import { expect, it } from 'vitest'
import { addOutcomes, judge, NO_TESTS, readPlaywright, readVitest } from './count-tests.js'

it('counts a file that could not be loaded as one failure, and says in a line each what failed, and what passed when repeated', () => {
  const failureMessages = ['\u001b[31mAssertionError: expected 1\nto be 2\u001b[39m\n    at counts (/a.test.ts:1:1)']
  const counts = { status: 'failed', fullName: 'counts', failureMessages }
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: [counts] },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      {
        name: 'c.test.ts',
        status: 'passed',
        assertionResults: [
          { status: 'passed', fullName: 'adds', failureMessages: [] },
          { status: 'passed', fullName: 'waits', failureMessages: ['Error: too late'] },
        ],
      },
    ],
  }
  expect(readVitest(JSON.stringify(report))).toEqual({
    passed: 3,
    failed: 2,
    failures: ['a.test.ts > counts: AssertionError: expected 1 to be 2', 'b.test.ts: no such module'],
    unsteady: ['c.test.ts > waits: Error: too late'],
  })
})

it('counts an error outside of tests as a failure, and names what passed when repeated', () => {
  const spec = (title: string, status: string) => ({
    file: 'a.e2e.ts',
    title,
    tests: [{ projectName: 'chromium', status, results: [{ errors: [{ message: `not ${status}` }] }] }],
  })
  const report = {
    suites: [
      { specs: [spec('shows', 'flaky')], suites: [{ specs: [spec('hides', 'unexpected'), spec('ends', 'expected')] }] },
    ],
    stats: { expected: 5, unexpected: 1, flaky: 1 },
    errors: [{ message: 'no browser' }],
  }
  expect(readPlaywright(JSON.stringify(report))).toEqual({
    passed: 6,
    failed: 2,
    failures: ['[chromium] a.e2e.ts > hides: not unexpected', 'no browser'],
    unsteady: ['[chromium] a.e2e.ts > shows: not flaky'],
  })
})

it('adds runs', () => {
  const one = { passed: 1, failed: 1, failures: ['a'], unsteady: ['c'] }
  const other = { passed: 3, failed: 1, failures: ['b'], unsteady: ['d'] }
  expect(addOutcomes(one, other)).toEqual({ passed: 4, failed: 2, failures: ['a', 'b'], unsteady: ['c', 'd'] })
})

it('takes a few tests that passed when repeated for an accident, and many for failures', () => {
  const few = { ...NO_TESTS, passed: 9, unsteady: ['a', 'b', 'c', 'd', 'e'] }
  expect(judge(few)).toBe(few)
  const many = { ...few, failed: 1, failures: ['g'], unsteady: [...few.unsteady, 'f'] }
  expect(judge(many)).toEqual({ passed: 3, failed: 7, failures: ['g', ...many.unsteady], unsteady: [] })
})
