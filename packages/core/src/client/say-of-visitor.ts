import { ChatError, type VisitorFacts } from '@chatdesk/protocol'
import { type Errand, VISITOR_LANE } from '../outbox/outbox-disk.js'
import { createDeferred } from '../platform/deferred.js'
import type { ClientPort } from './client-port.js'
import { runErrand } from './run-errand.js'

/** Commands that wait for the server; more are refused aloud. */
const MOST_WAITING = 20

/**
 * V1: says something of the visitor; resolves when the server has it. What still waits takes along what is said of the same:
 * a page that says it again and again while the server is away says it once.
 */
export function sayOfVisitor(port: Pick<ClientPort, 'conversation' | 'disk'>, facts: VisitorFacts): Promise<void> {
  const { outbox } = port.conversation
  // Of what the outbox holds: what the disk was read for again, for the next connection, are copies that nobody sends.
  outbox.changed()
  const waiting = (port.disk.lanes.get(VISITOR_LANE)?.errands ?? []).map(([, errand]) => errand)
  // What is on its way says what it says.
  const before = outbox.isAsking() ? undefined : lastOf(waiting, facts)
  if (!before && waiting.length >= MOST_WAITING) return Promise.reject(new ChatError('RATE_LIMITED'))
  if (!before) return runErrand(port, { type: 'visitor.update', facts })
  const { promise, resolve, reject } = createDeferred<void>()
  const { errand, said, settle } = before
  const traits = facts.traits && { ...said.traits, ...facts.traits }
  errand.command = { type: 'visitor.update', facts: { ...said, ...facts, ...(traits && { traits }) } }
  errand.settle = (error) => {
    settle?.(error)
    if (error) reject(error)
    else resolve()
  }
  outbox.changed()
  return promise
}

/** The one that says the same kinds of things, and only those: else the one would be refused with the other. Nothing goes past what leads to another conversation. */
function lastOf(waiting: readonly Errand[], facts: VisitorFacts) {
  for (const errand of [...waiting].reverse()) {
    const { command, settle } = errand
    if (command.type !== 'visitor.update') return undefined
    if (kindsOf(command.facts) === kindsOf(facts)) return { errand, said: command.facts, settle }
  }
  return undefined
}

const kindsOf = (facts: VisitorFacts) => Object.keys(facts).sort().join()
