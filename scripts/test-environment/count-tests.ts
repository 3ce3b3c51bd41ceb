/** What a run of tests has shown. Skipped ones are in no number. */
export interface Outcome {
  passed: number
  failed: number
  /** Names of what failed. */
  failures: readonly string[]
  /** Names of those that failed, and passed when they were repeated: they count as passed. */
  unsteady: readonly string[]
}

/** Nothing was run. */
export const NO_TESTS: Outcome = { passed: 0, failed: 0, failures: [], unsteady: [] }

/** Two runs taken together. */
export function addOutcomes(one: Outcome, other: Outcome): Outcome {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    failures: [...one.failures, ...other.failures],
    unsteady: [...one.unsteady, ...other.unsteady],
  }
}

/** What Vitest's JSON report says; a file that could not be loaded is one failure. */
export function readVitest(report: string, unsteady: readonly string[]): Outcome {
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
    unsteady,
  }
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs: { file: string; title: string; tests: { projectName: string; status: string }[] }[]
}

/** What Playwright's JSON report says; an error outside of tests is a failure. */
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
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    failures: [...named('unexpected', suites), ...errors.map(({ message }) => message ?? 'an error outside of tests')],
    unsteady: named('flaky', suites),
  }
}
