import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PaymentBug } from './bugs.js'
import { BUG_VARIABLE } from './put-back.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What its tests have said of a bug. `broken`: they could not be run, or none has this name, which shows nothing. */
export type Verdict = { kind: 'found' | 'not_found' } | { kind: 'broken'; why: string }

interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; message?: string; assertionResults: { status: string }[] }[]
}

/** Runs a bug's tests with the bug put back; `healthy`: without it. */
export async function runBug(bug: PaymentBug, { healthy = false } = {}): Promise<Verdict> {
  const directory = mkdtempSync(join(tmpdir(), 'chatdesk-bug-'))
  const report = join(directory, 'report.json')
  const { project, file, name } = bug.tests
  try {
    const said = await run(
      [
        ...['run', '--config', 'scripts/payment-bugs/vitest.config.ts', '--project', project, file],
        ...['--testNamePattern', literally(name), '--reporter=json', `--outputFile.json=${report}`],
        // One test that fails will do, and what waits for something that never comes need not wait long.
        ...['--bail=1', '--testTimeout=20000'],
      ],
      healthy ? {} : { [BUG_VARIABLE]: JSON.stringify(bug) },
    )
    return judge(readReport(report), said)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return undefined
  }
}

function judge(report: Report | undefined, said: string): Verdict {
  if (!report) return { kind: 'broken', why: said.slice(-600) }
  const unloaded = report.testResults.find(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  if (unloaded) return { kind: 'broken', why: unloaded.message ?? 'a file could not be loaded' }
  if (report.numPassedTests + report.numFailedTests === 0) return { kind: 'broken', why: 'no test has this name' }
  return { kind: report.numFailedTests > 0 ? 'found' : 'not_found' }
}

function run(args: readonly string[], variables: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...variables }
    const child = spawn(join(ROOT, 'node_modules/.bin/vitest'), args, { cwd: ROOT, env })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('close', () => resolve(said))
  })
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
