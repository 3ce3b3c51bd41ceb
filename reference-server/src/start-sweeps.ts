import { startSweep, systemClock } from './realtime/index.js'

/** How often each is done, in milliseconds. */
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
  embeddings: 10_000,
  payments: 2_000,
} as const

/** What is looked for every so often, by its name; nothing of it rejects. */
export type Sweeps = Readonly<Record<keyof typeof INTERVALS, () => Promise<void>>>

/** Looks for all of it from now on; the answer ends it. */
export function startSweeps(sweeps: Sweeps): () => void {
  const ends = Object.entries(INTERVALS).map(([name, intervalMs]) =>
    startSweep({ clock: systemClock, random: Math.random, intervalMs, look: sweeps[name as keyof Sweeps] }),
  )
  return () => {
    for (const end of ends) end()
  }
}
