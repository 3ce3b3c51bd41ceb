import { createHash } from 'node:crypto'

/**
 * The id of what one action of a run makes: the same run makes the same again, so that a repeat is recognised (Q3). A UUID of
 * version 8, whose bits are free.
 */
export function derivedId(runId: string, index: number): string {
  const hex = createHash('sha256').update(`macro ${runId} ${index}`).digest('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)]
  return parts.join('-')
}
