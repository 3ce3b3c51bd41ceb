import { PAYMENT_BUGS } from './payment-bugs/bugs.js'
import { runBug } from './payment-bugs/run-bug.js'
import { providePostgres } from './test-environment/provide-postgres.js'

/** `npm run payment-bugs`, with `-- --row N` for one row: puts each known bug back, and fails where no test notices. */
const [, wanted] = process.argv.slice(2)
const bugs = PAYMENT_BUGS.filter(({ row }) => wanted === undefined || row === Number(wanted))
const postgres = await providePostgres()
process.env.CHATDESK_TEST_DATABASE_URL = postgres.url
let missed = 0
try {
  // Tests that fail anyway find nothing.
  for (const bug of bugs) {
    const healthy = await runBug(bug, { healthy: true })
    const verdict = healthy.kind === 'not_found' ? await runBug(bug) : healthy
    const isFound = healthy.kind === 'not_found' && verdict.kind === 'found'
    if (!isFound) missed += 1
    const why = healthy.kind === 'found' ? 'its tests fail without it' : verdict.kind === 'broken' ? verdict.why : ''
    console.log(`${isFound ? 'found    ' : 'NOT FOUND'} bug ${bug.row}: ${bug.what}${why && `: ${why}`}`)
  }
} finally {
  await postgres.stop()
}
console.log(`\n${bugs.length - missed} of ${bugs.length} found`)
process.exitCode = missed === 0 && bugs.length > 0 ? 0 : 1
