import type { ProactiveRule } from '@chatdesk/protocol'

/** What is known of a visitor on a page. */
export interface Visit {
  /** Where they are now. */
  url: string
  /** Since they came to this page. */
  seconds: number
  /** How far down they have been on this page, in percent. */
  scrolled: number
  /** They have been here before. */
  returning: boolean
  /** Their pointer is just leaving the page at its top. */
  exiting: boolean
  /** The team is there, by its hours. */
  open: boolean
  /** Names of all that was tracked since the page was loaded. */
  events: ReadonlySet<string>
}

/** What the rules have said to a visitor before: moments in milliseconds, by the id of the rule. */
export interface RuleMemory {
  /** One of them has spoken in this tab. */
  spoke: boolean
  shown: Readonly<Record<string, number>>
  dismissed: Readonly<Record<string, number>>
}

const HOUR_MS = 3_600_000
/** A rule speaks once in this time. */
const SHOWN_MS = 24 * HOUR_MS
/** A rule that was sent away is silent for this time. */
const DISMISSED_MS = 7 * 24 * HOUR_MS

/** The first rule that has its moment now, if any may speak at all. */
export function dueRule(
  rules: readonly ProactiveRule[],
  visit: Visit,
  { spoke, shown, dismissed }: RuleMemory,
  now: number,
): ProactiveRule | undefined {
  if (spoke) return undefined
  const isSilent = ({ id }: ProactiveRule) =>
    now - (shown[id] ?? -Infinity) < SHOWN_MS || now - (dismissed[id] ?? -Infinity) < DISMISSED_MS
  return rules.find((rule) => !isSilent(rule) && holds(rule.when, visit))
}

/** All that is said must hold; what is not said does not matter. */
function holds(when: ProactiveRule['when'], visit: Visit): boolean {
  const { url, secondsOnPage = 0, scrollPercent = 0, returning, exitIntent, event, outOfHours } = when
  return (
    (url === undefined || isPartOf(url, visit.url)) &&
    visit.seconds >= secondsOnPage &&
    visit.scrolled >= scrollPercent &&
    (returning === undefined || returning === visit.returning) &&
    (!exitIntent || visit.exiting) &&
    (visit.open || !!outOfHours) &&
    (event === undefined || visit.events.has(event))
  )
}

/** Whether the pieces between the `*` stand in the address, one after the other. */
function isPartOf(pattern: string, url: string): boolean {
  let from = 0
  return pattern.split('*').every((piece) => {
    const at = url.indexOf(piece, from)
    from = at + piece.length
    return at >= 0
  })
}
