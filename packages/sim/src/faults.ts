import { runSchedule } from './run-schedule.js'

const n = Number(process.argv[2] ?? 100)
const t = performance.now()
let bad = 0
for (let seed = 1; seed <= n; seed++) {
  const r = await runSchedule({ seed, transport: 'websocket', trace: false })
  if (r.violations.length) {
    bad++
    if (bad < 12) console.log(seed, r.quietAfterMs, r.messages, r.violations.slice(0, 3))
  }
}
console.log(bad, 'bad of', n, ((performance.now() - t) / n).toFixed(2), 'ms each')
