import { startSweep, systemClock } from './realtime/index.js'

/** How often each is looked for, in milliseconds. */
const INTERVALS = {
  followUps: 5_000,
  expiry: 60_000,
  files: 60_000,
  pushes: 1_000,
  pages: 1_000,
  routing: 2_000,
  mails: 1_000,
  conversationMails: 10_000,
  webhooks: 1_000,
  assistant: 2_000,
}

/** Looks for all of it every so often, from now on; the answer ends it. A look rejects never. */
export function startSweeps(looks: Record<keyof typeof INTERVALS, () => Promise<void>>): () => void {
  const names = Object.keys(INTERVALS) as (keyof typeof INTERVALS)[]
  const ends = names.map((name) =>
    startSweep({ clock: systemClock, random: Math.random, intervalMs: INTERVALS[name], look: looks[name] }),
  )
  return () => {
    for (const end of ends) end()
  }
}
