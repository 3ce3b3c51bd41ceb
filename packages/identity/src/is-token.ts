/** Whether this can be a token that the server made; what else stands in a storage is dropped. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 256
}
