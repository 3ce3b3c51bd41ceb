import type { Logger } from '../platform/logger.js'
import type { RealtimeBackend } from './backend.js'
import type { RealtimeClock } from './clock.js'
import type { Hub } from './hub.js'
import { KeyedRates } from './keyed-rates.js'
import type { RealtimeLimits } from './limits.js'
import { SessionCap } from './session-cap.js'

/** What every connection of a server shares. */
export interface Surroundings {
  backend: RealtimeBackend
  hub: Hub
  clock: RealtimeClock
  logger: Logger
  limits: RealtimeLimits
  heartbeatMs: number
  /** `limits.frames`, by session. */
  frameRates: KeyedRates
  /** `limits.messages`, by session. */
  messageRates: KeyedRates
  /** `limits.connectionsPerSession`, by session; requests over plain HTTP are counted apart. */
  sessionCap: SessionCap
}

/** What is counted begins with nobody. */
export function createSurroundings(
  given: Omit<Surroundings, 'frameRates' | 'messageRates' | 'sessionCap'>,
): Surroundings {
  const { limits } = given
  return {
    ...given,
    frameRates: new KeyedRates(limits.frames),
    messageRates: new KeyedRates(limits.messages),
    sessionCap: new SessionCap(limits.connectionsPerSession),
  }
}
