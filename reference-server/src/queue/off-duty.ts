/** Since when agents have not been there, as one who looks every so often has seen it. */
export interface Absences {
  /** In milliseconds since the epoch. */
  lookedAt: number
  since: ReadonlyMap<string, number>
}

/** What was not looked at for so long is not known any more: whoever was away then may have come and gone. */
const FORGOTTEN_MS = 15_000

/** What this look adds to the one before. */
export function noteAbsences(before: Absences | undefined, absent: readonly string[], now: number): Absences {
  const known = before && now - before.lookedAt <= FORGOTTEN_MS ? before.since : new Map<string, number>()
  return { lookedAt: now, since: new Map(absent.map((id) => [id, known.get(id) ?? now])) }
}

/** An assigned conversation whose visitor waits for an answer. */
export interface Unanswered {
  conversationId: string
  agentId: string
  /** In milliseconds since the epoch. */
  waitingSince: number
}

/** When somebody has left their post, in milliseconds since the epoch; absent: they have not. */
export interface OffDuty {
  absentSince?: number | undefined
  /** They have said so themselves. */
  awaySince?: number | undefined
}

/**
 * Which conversations go back to the queue (L4): those of an agent who has not been there for as long, and those that one who
 * is there, but has said that they are away, leaves unanswered for as long.
 */
export function leftAlone(input: {
  unanswered: readonly Unanswered[]
  agents: ReadonlyMap<string, OffDuty>
  rerouteAfterMs: number
  now: number
}): Unanswered[] {
  return input.unanswered.filter(({ agentId, waitingSince }) => {
    const { absentSince, awaySince } = input.agents.get(agentId) ?? {}
    const isDue = (since: number | undefined) => since !== undefined && input.now - since >= input.rerouteAfterMs
    return isDue(absentSince) || (awaySince !== undefined && isDue(Math.max(awaySince, waitingSince)))
  })
}
