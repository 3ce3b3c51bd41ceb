import type { Day } from './day.js'
import { type DayOptions, goThrough, newDay } from './simulated-day.js'
import { type Chance, chanceOf, MINUTE } from './simulated-people.js'
import { atShare, measureTold, type ToldWaits } from './told-waits.js'

/** So often it is asked what can be known. */
const ASK_MS = 5 * MINUTE
/** In so many ways each time a day could go on. */
const WAYS = 25

/** What the server told and what an oracle would have, at the same moments. */
interface Floor {
  seed: number
  server: ToldWaits
  oracle: ToldWaits
}

/**
 * How true a wait can be told at all. The oracle knows who will come when, when each agent will be there, and how long
 * conversations take in general, but not how long each one will: it looks at many ways in which the day could go on, and tells
 * the middle of the waits.
 */
export function floorOfChance(options: DayOptions): Floor {
  const day = newDay(options)
  const chance = chanceOf(~options.seed)
  goThrough(day, (now) => {
    if (now % ASK_MS !== 0) return
    day.tell(day.expect(now), 'server', now)
    day.tell(foresee(day, now, chance), 'oracle', now)
  })
  const measure = (by: string) => measureTold(day.answersBy(by))
  return { seed: options.seed, server: measure('server'), oracle: measure('oracle') }
}

function foresee(day: Day, now: number, chance: Chance): Map<string, number> {
  const waits = new Map<string, number[]>(day.waiting.map((id) => [id, []]))
  for (let way = 0; way < WAYS && waits.size > 0; way++) {
    const other = day.fork(chance)
    const left = new Set(waits.keys())
    const note = (later: number) => {
      const waiting = new Set(other.waiting)
      for (const id of left)
        if (!waiting.has(id)) {
          left.delete(id)
          waits.get(id)?.push(later - now)
        }
      return left.size > 0
    }
    goThrough(other, note, now)
  }
  return new Map([...waits].map(([id, all]) => [id, atShare(all, 0.5)]))
}
