import { type LogEvent, textOf } from '@chatdesk/protocol'
import type { Ledger, Writing } from './model/ledger.js'
import type { Simulation } from './simulation.js'

/** Once everything is quiet: nothing may be left out, doubled or turned around, in the log or on a page. */
export function check(simulation: Simulation): void {
  const { store, ledger, pages } = simulation
  for (const page of pages) {
    page.noteDisk()
    if (page.platform) page.check()
  }
  const places = new Map<string, number>()
  for (const { id, log } of store.conversations.values()) {
    checkDense(ledger, id, log)
    const texts = log.flatMap((event) => (event.type === 'message.created' ? textOf(event.parts) : []))
    for (const text of texts) places.set(text, (places.get(text) ?? 0) + 1)
    checkOrder(ledger, texts)
  }
  for (const writing of ledger.byText.values()) checkOnce(simulation, writing, places.get(writing.text) ?? 0)
}

/** I1. */
function checkDense(ledger: Ledger, id: string, log: readonly LogEvent[]): void {
  for (const [index, { seq }] of log.entries())
    if (seq !== index + 1) ledger.violate('out of order', `${id} has ${seq} at place ${index + 1}`)
}

/** I5: what one author has written in one conversation stands there in the order of the writing, as far as the page knew of it. */
function checkOrder(ledger: Ledger, texts: readonly string[]): void {
  const latest = new Map<string, Writing>()
  for (const text of texts) {
    const writing = ledger.byText.get(text)
    const before = latest.get(writing?.author ?? '')
    const knew = before?.page === writing?.page || !ledger.withoutDisk.has(before?.page ?? '')
    if (writing && before && writing.order < before.order && knew)
      ledger.violate('out of order', `${text} stands behind ${before.text}`)
    else if (writing) latest.set(writing.author, writing)
  }
}

/** I2, I4: once, or not at all if its author could see so. */
function checkOnce({ ledger, pages }: Simulation, { text, author, excused }: Writing, times: number): void {
  if (times > 1) ledger.violate('duplicated', `${text} is in the log ${times} times`)
  const page = pages.find(({ name }) => author === name || author.startsWith(`${name}:`))
  // What stands on a disk that no page has read, since nobody opened one or the disk refused, is sent when one does.
  const waits = page !== undefined && (page.abandoned || page.inMemory) && page.disk.holds(text)
  if (times === 0 && !excused && !waits) ledger.violate('lost', `${text} is not in the log`)
}
