import { stripVTControlCharacters } from 'node:util'

/** What a run of tests has shown. Skipped ones are in no number. */
export interface Outcome {
  passed: number
  failed: number
  /** A line each: what failed, and the beginning of what it said. */
  failures: readonly string[]
  /** A line each: what failed, was repeated once, and passed. Counted among the passed. */
  unsteady: readonly string[]
}

/** Nothing was run. */
export const NO_TESTS: Outcome = { passed: 0, failed: 0, failures: [], unsteady: [] }

/**
 * More tests than this that pass only when repeated are no accident of the machine: then each of them has failed.
 * Why they are repeated at all: docs/decisions/2026-11-23-repeat-once-and-name.md.
 */
const MOST_UNSTEADY = 5

/** What a whole run is judged by. */
export function judge(outcome: Outcome): Outcome {
  const { passed, failed, failures, unsteady } = outcome
  if (unsteady.length <= MOST_UNSTEADY) return outcome
  return {
    passed: passed - unsteady.length,
    failed: failed + unsteady.length,
    failures: [...failures, ...unsteady],
    unsteady: [],
  }
}

/** Two runs taken together. */
export function addOutcomes(one: Outcome, other: Outcome): Outcome {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    failures: [...one.failures, ...other.failures],
    unsteady: [...one.unsteady, ...other.unsteady],
  }
}

const LONGEST_WORDS = 600

/** One line of a log that may be all that is left of a run. */
function failureOf(name: string, message = ''): string {
  const words = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
  return words ? `${name}: ${words.slice(0, LONGEST_WORDS)}` : name
}

/** What Vitest's JSON report says; a file that could not be loaded is one failure. */
export function readVitest(report: string): Outcome {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as {
    numPassedTests: number
    numFailedTests: number
    testResults: {
      name: string
      status: string
      message?: string
      assertionResults: { status: string; fullName: string; failureMessages?: string[] }[]
    }[]
  }
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.length)
  const named = (wanted: string) =>
    testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === wanted)
        .flatMap(({ fullName, failureMessages = [] }) =>
          wanted === 'failed' || failureMessages.length ? [failureOf(`${name} > ${fullName}`, failureMessages[0])] : [],
        ),
    )
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloaded.length,
    failures: [...named('failed'), ...unloaded.map(({ name, message }) => failureOf(name, message))],
    // One that passed at once has said nothing.
    unsteady: named('passed'),
  }
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs: { file: string; title: string; tests: PlaywrightTest[] }[]
}

interface PlaywrightTest {
  projectName: string
  status: string
  results?: { errors: { message?: string }[] }[]
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
        tests
          .filter(({ status }) => status === wanted)
          .map(({ projectName, results }) =>
            failureOf(`[${projectName}] ${file} > ${title}`, results?.flatMap(({ errors }) => errors)[0]?.message),
          ),
      ),
      ...named(wanted, inner),
    ])
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    unsteady: named('flaky', suites),
    failures: [...named('unexpected', suites), ...errors.map(({ message }) => message ?? 'an error outside of tests')],
  }
}
