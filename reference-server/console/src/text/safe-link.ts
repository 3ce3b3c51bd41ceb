/** An address that a visitor's page told us, fit to be a link: `http` and `https` only, host first (threats 55, 56). */
export function safeLink(address: string): { href: string; label: string } | null {
  if (!URL.canParse(address)) return null
  const { protocol, href, host, pathname, username, password } = new URL(address)
  if (protocol !== 'http:' && protocol !== 'https:') return null
  // `https://bank.example@evil.example/` reads like the bank and is not.
  if (username !== '' || password !== '') return null
  return { href, label: host + (pathname === '/' ? '' : pathname) }
}
