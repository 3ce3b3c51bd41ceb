/** A visitor token lasts this long after it was last used, in days (S10). */
export const VISITOR_DAYS = 90
/** The same in milliseconds. */
export const VISITOR_MS = VISITOR_DAYS * 24 * 3_600_000
