import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, PRODUCT } from './build.js'
import {
  addOutcomes,
  judge,
  NO_TESTS,
  type Outcome,
  readPlaywright,
  readVitest,
} from './test-environment/count-tests.js'
import { provideChromium } from './test-environment/provide-chromium.js'
import { providePostgres } from './test-environment/provide-postgres.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const REPORTS = `${ROOT}test-results`

/** A test runner: how it is called, where it leaves its report, and how that is read. */
interface Runner {
  name: string
  command: readonly [string, ...string[]]
  report: string
  read(report: string): Outcome
}

const RUNNERS: readonly Runner[] = [
  {
    name: 'vitest',
    command: [
      'vitest',
      'run',
      // By itself it would leave a core idle, for an editor that is not there.
      '--maxWorkers=100%',
      '--retry=1',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${REPORTS}/vitest.json`,
    ],
    report: `${REPORTS}/vitest.json`,
    read: readVitest,
  },
  {
    name: 'playwright',
    command: ['playwright', 'test', '--config', 'e2e/playwright.config.ts'],
    report: `${REPORTS}/playwright.json`,
    read: readPlaywright,
  },
]

function run([program, ...args]: readonly [string, ...string[]]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(`${ROOT}node_modules/.bin/${program}`, args, { cwd: ROOT, stdio: 'inherit' })
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/** A runner that fails without a failed test (it crashed, or found none) counts as one failure. */
async function runAndRead({ name, command, report, read }: Runner): Promise<Outcome> {
  rmSync(report, { force: true })
  const code = await run(command)
  try {
    const outcome = read(readFileSync(report, 'utf8'))
    if ((code === 0 && outcome.passed > 0) || outcome.failed > 0) return outcome
    return addOutcomes(outcome, { ...NO_TESTS, failed: 1, failures: [`${name} ended with exit code ${code}`] })
  } catch (error) {
    return { ...NO_TESTS, failed: 1, failures: [`${name} left no report (exit code ${code}): ${String(error)}`] }
  }
}

// A process that ends by a signal runs no exit handlers, and the database would outlive it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
mkdirSync(REPORTS, { recursive: true })
console.log(provideChromium())
const postgres = await providePostgres()
console.log(postgres.note)
process.env.CHATDESK_TEST_DATABASE_URL = postgres.url
let total = NO_TESTS
try {
  console.log('building…')
  if (build(PRODUCT, { quiet: true }) === 0)
    for (const runner of RUNNERS) total = addOutcomes(total, await runAndRead(runner))
  else total = { ...NO_TESTS, failed: 1, failures: ['the build'] }
} finally {
  await postgres.stop()
}
total = judge(total)
for (const name of total.unsteady) console.log(`\nunsteady: ${name}`)
for (const name of total.failures) console.log(`\nfailed: ${name}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
