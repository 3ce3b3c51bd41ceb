/** What a run of tests has shown. Skipped ones are in no number. */
export interface Outcome {
  passed: number
  failed: number
  /** Names of what failed. */
  failures: readonly string[]
}

/** Nothing was run. */
export const NO_TESTS: Outcome = { passed: 0, failed: 0, failures: [] }

/** Two runs taken together. */
export function addOutcomes(one: Outcome, other: Outcome): Outcome {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    failures: [...one.failures, ...other.failures],
  }
}

/** What Vitest's JSON report says; a file that could not be loaded is one failure. */
export function readVitest(report: string): Outcome {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as {
    numPassedTests: number
    numFailedTests: number
    testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[]
  }
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.length)
  const failures = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => `${name} > ${fullName}`),
  )
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloaded.length,
    failures: [...failures, ...unloaded.map(({ name }) => name)],
  }
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs: { file: string; title: string; tests: { projectName: string; status: string }[] }[]
}

/** What Playwright's JSON report says; a test that passed only when repeated has failed, as has an error outside of tests. */
export function readPlaywright(report: string): Outcome {
  const { suites, stats, errors } = JSON.parse(report) as {
    suites: PlaywrightSuite[]
    stats: { expected: number; unexpected: number; flaky: number }
    errors: { message?: string }[]
  }
  const named = (wanted: string, within: readonly PlaywrightSuite[]): string[] =>
    within.flatMap(({ specs, suites: inner = [] }) => [
      ...specs.flatMap(({ file, title, tests }) =>
        tests.filter(({ status }) => status === wanted).map(({ projectName }) => `[${projectName}] ${file} > ${title}`),
      ),
      ...named(wanted, inner),
    ])
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    failures: [
      ...named('unexpected', suites),
      ...named('flaky', suites),
      ...errors.map(({ message }) => message ?? 'an error outside of tests'),
    ],
  }
}
