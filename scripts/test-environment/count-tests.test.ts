import { expect, it } from 'vitest'
import { addOutcomes, readPlaywright, readVitest } from './count-tests.js'

it('counts a file that could not be loaded as one failure, and names what failed', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'counts' }] },
      { name: 'b.test.ts', status: 'failed', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'adds' }] },
    ],
  }
  expect(readVitest(JSON.stringify(report), ['d.test.ts > waits'])).toEqual({
    passed: 3,
    failed: 2,
    failures: ['a.test.ts > counts', 'b.test.ts'],
    unsteady: ['d.test.ts > waits'],
  })
})

it('names a test that passed only when repeated, and counts an error outside of tests as a failure', () => {
  const spec = (title: string, status: string) => ({
    file: 'a.e2e.ts',
    title,
    tests: [{ projectName: 'chromium', status }],
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
    failures: ['[chromium] a.e2e.ts > hides', 'no browser'],
    unsteady: ['[chromium] a.e2e.ts > shows'],
  })
})

it('adds runs', () => {
  const one = { passed: 1, failed: 2, failures: ['a', 'b'], unsteady: [] }
  const other = { passed: 3, failed: 0, failures: [], unsteady: ['c'] }
  expect(addOutcomes(one, other)).toEqual({ passed: 4, failed: 2, failures: ['a', 'b'], unsteady: ['c'] })
})
