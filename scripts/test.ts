import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, PRODUCT } from './build.js'
import { addCounts, type Counts, countPlaywright, countVitest } from './test-environment/count-tests.js'
import { provideChromium } from './test-environment/provide-chromium.js'
import { providePostgres } from './test-environment/provide-postgres.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const REPORTS = `${ROOT}test-results`

/** A test runner: how it is called, where it leaves its report, and how that is counted. */
interface Runner {
  name: string
  command: readonly [string, ...string[]]
  report: string
  count(report: string): Counts
}

const RUNNERS: readonly Runner[] = [
  {
    name: 'vitest',
    // By itself it would leave a core idle, for an editor that is not there.
    command: [
      'vitest',
      'run',
      '--maxWorkers=100%',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${REPORTS}/vitest.json`,
    ],
    report: `${REPORTS}/vitest.json`,
    count: countVitest,
  },
  {
    name: 'playwright',
    command: ['playwright', 'test', '--config', 'e2e/playwright.config.ts'],
    report: `${REPORTS}/playwright.json`,
    count: countPlaywright,
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
async function runAndCount({ name, command, report, count }: Runner): Promise<Counts> {
  rmSync(report, { force: true })
  const code = await run(command)
  try {
    const counts = count(readFileSync(report, 'utf8'))
    if (code === 0 && counts.passed > 0) return counts
    return { ...counts, failed: Math.max(counts.failed, 1) }
  } catch (error) {
    console.error(`${name} left no report (exit code ${code}): ${String(error)}`)
    return { passed: 0, failed: 1 }
  }
}

// A process that ends by a signal runs no exit handlers, and the database would outlive it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
mkdirSync(REPORTS, { recursive: true })
console.log(provideChromium())
const postgres = await providePostgres()
console.log(postgres.note)
process.env.CHATDESK_TEST_DATABASE_URL = postgres.url
let total: Counts = { passed: 0, failed: 0 }
try {
  console.log('building…')
  if (build(PRODUCT, { quiet: true }) === 0)
    for (const runner of RUNNERS) total = addCounts(total, await runAndCount(runner))
  else total.failed++
} finally {
  await postgres.stop()
}
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
