/** A picture's address, if it is one of the server's own: any other would tell a stranger who reads here. */
export function ownPicture(address: string | undefined, serverUrl: string): string | undefined {
  if (!address) return undefined
  try {
    const { origin } = new URL(serverUrl)
    const url = new URL(address, origin)
    return url.origin === origin && /^https?:$/.test(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}
