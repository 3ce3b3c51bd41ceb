/** An amount in the smallest unit of its currency, as providers count: never rupees, never a float. */
export interface Money {
  minor: bigint
  /** ISO 4217, capital letters. */
  currency: string
}
