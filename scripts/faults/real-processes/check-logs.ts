import type { Ledger, Writing } from '../../../packages/sim/src/model/ledger.js'
import type { Logs } from './page.js'
import type { LoggedEvent } from './screen.js'

/** Once everything is quiet: nothing may be left out, doubled or turned around in what the database holds. */
export function checkLogs(ledger: Ledger, logs: Logs): void {
  for (const [id, log] of logs) checkOrder(ledger, id, log)
  const texts = [...logs.values()].flatMap((log) => log.map(({ text }) => text))
  for (const { text, excused } of ledger.byText.values()) {
    const times = texts.filter((other) => other === text).length
    if (times > 1) ledger.violate('duplicated', `${text} is in the log ${times} times`)
    // Its page was gone before it was on disk, as its author could see.
    if (times === 0 && !excused) ledger.violate('lost', `${text} is not in the log`)
  }
}

/** Places follow one another, and what one author has written stands in the order of the writing. */
function checkOrder(ledger: Ledger, id: string, log: readonly LoggedEvent[]): void {
  const latest = new Map<string, Writing>()
  for (const [index, { seq, text }] of log.entries()) {
    if (seq !== index + 1) ledger.violate('out of order', `${id} has ${seq} at place ${index + 1}`)
    const writing = ledger.byText.get(text ?? '')
    const before = latest.get(writing?.author ?? '')
    if (writing && before && writing.order < before.order)
      ledger.violate('out of order', `${writing.text} stands behind ${before.text}`)
    else if (writing) latest.set(writing.author, writing)
  }
}
