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
  expect(readVitest(JSON.stringify(report))).toEqual({
    passed: 3,
    failed: 2,
    failures: ['a.test.ts > counts', 'b.test.ts'],
  })
})

it('counts and names a flaky test and an error outside of tests as failures', () => {
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
    passed: 5,
    failed: 3,
    failures: ['[chromium] a.e2e.ts > hides', '[chromium] a.e2e.ts > shows', 'no browser'],
  })
})

it('adds runs', () => {
  const one = { passed: 1, failed: 1, failures: ['a'] }
  const other = { passed: 3, failed: 1, failures: ['b'] }
  expect(addOutcomes(one, other)).toEqual({ passed: 4, failed: 2, failures: ['a', 'b'] })
})
