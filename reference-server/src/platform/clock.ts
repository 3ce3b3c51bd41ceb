/** The present moment, injected so that tests own it. */
export type Clock = () => Date
