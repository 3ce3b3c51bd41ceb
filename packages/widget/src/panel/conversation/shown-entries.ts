/** Entries up to which a thread is drawn whole, and that are drawn of a longer one until the chunk for those is there. */
export const LONG = 120
