import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { fewAtATime } from '../platform/few-at-a-time.js'

/** argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

/** Of random bytes that nobody has kept, at `COST`: what is compared with where nobody has the e-mail. */
const NOBODYS = '$argon2id$v=19$m=19456,t=2,p=1$iLJMWAAilMZrkgdcfVkevA$Jr7PBDvlxp720sKsIz2HQ1ZBrHg00ZeT1W7gs15yXgk'

/** Hashes and compares passwords, a few at a time: each costs 19 MiB and a processor for a while (threat 36). */
export interface Passwords {
  hash(password: string): Promise<string>
  /**
   * Whether the password fits. Without a hash (nobody has this e-mail) it compares all the same and answers false, so
   * that time tells nothing about who exists (threat 35). Rejects with `RATE_LIMITED` when too many wait.
   */
  matches(storedHash: string | undefined, password: string): Promise<boolean>
}

export function createPasswords(limits: { atOnce?: number; waiting?: number } = {}): Passwords {
  const { atOnce = Math.max(1, availableParallelism() - 1), waiting = 50 } = limits
  const inTurn = fewAtATime({ atOnce, waiting, refusal: 'Too many sign-ins at once. Try again.' })
  return {
    hash: (password) => inTurn(() => hash(password, COST)),
    async matches(storedHash, password) {
      const fits = await inTurn(() => verify(storedHash ?? NOBODYS, password))
      return fits && storedHash !== undefined
    },
  }
}
