/** One's own machine, where hardly anybody has a certificate. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?\/?$/i

/**
 * The origin that somebody means: `example.com` is `https://example.com`, `localhost:3000` is `http://localhost:3000`, and
 * `https://*.example.com` stays with its star.
 * Null for what has a path or is no address. The server checks again, and more.
 */
export function originOf(typed: string): string | null {
  const text = typed.trim()
  const address = /^[a-z]+:\/\//i.test(text) ? text : `${LOOPBACK.test(text) ? 'http' : 'https'}://${text}`
  const starred = address.includes('://*.')
  const plain = starred ? address.replace('://*.', '://') : address
  if (text === '' || plain.includes('*') || !URL.canParse(plain)) return null
  const { protocol, origin, pathname, search, hash, username, password, hostname } = new URL(plain)
  if (protocol !== 'http:' && protocol !== 'https:') return null
  if (pathname !== '/' || search + hash + username + password !== '' || hostname.endsWith('.')) return null
  return starred ? origin.replace('://', '://*.') : origin
}
