/** Whether money moves with a key; undefined: it is no key of the provider's. */
export function keyMode(keyId: string): 'test' | 'live' | undefined {
  return /^rzp_(test|live)_[A-Za-z0-9]+$/.exec(keyId)?.[1] as 'test' | 'live' | undefined
}
