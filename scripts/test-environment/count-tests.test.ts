import { expect, it } from 'vitest'
import { addOutcomes, readPlaywright, readVitest } from './count-tests.js'

it('counts a file that could not be loaded as one failure, and says what failed in a line each', () => {
  const failureMessages = ['\u001b[31mAssertionError: expected 1\nto be 2\u001b[39m\n    at counts (/a.test.ts:1:1)']
  const counts = { status: 'failed', fullName: 'counts', failureMessages }
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: [counts] },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'adds' }] },
    ],
  }
  expect(readVitest(JSON.stringify(report))).toEqual({
    passed: 3,
    failed: 2,
    failures: ['a.test.ts > counts: AssertionError: expected 1 to be 2', 'b.test.ts: no such module'],
  })
})

it('counts and names a flaky test and an error outside of tests as failures', () => {
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
    passed: 5,
    failed: 3,
    failures: ['[chromium] a.e2e.ts > hides: not unexpected', '[chromium] a.e2e.ts > shows: not flaky', 'no browser'],
  })
})

it('adds runs', () => {
  const one = { passed: 1, failed: 1, failures: ['a'] }
  const other = { passed: 3, failed: 1, failures: ['b'] }
  expect(addOutcomes(one, other)).toEqual({ passed: 4, failed: 2, failures: ['a', 'b'] })
})
