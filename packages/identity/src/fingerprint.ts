import { load } from '@fingerprintjs/fingerprintjs'

/** Milliseconds. Nobody waits longer for a chat because of a hint. */
const PATIENCE_MS = 2_000

/**
 * What this browser looks like, as 32 hexadecimal digits; undefined where it takes too long to find out. A hint against
 * abuse and no identity: browsers of one make have the same, and one browser may change it. Asks no server. It reads
 * much of the browser, so call it only for a visitor who has consented.
 */
export async function deviceHint(): Promise<string | undefined> {
  // By default one load in a thousand reports to the library's maker.
  const looks = load({ monitoring: false }).then((agent) => agent.get())
  const patience = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS))
  return (await Promise.race([looks, patience]))?.visitorId
}
