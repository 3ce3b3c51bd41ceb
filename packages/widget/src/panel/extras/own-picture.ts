/** A picture's address, if it is one of the server's own: any other would tell a stranger who reads here. */
export function ownPicture(address: string | undefined, serverOrigin: string): string | undefined {
  if (!address) return undefined
  try {
    const url = new URL(address, serverOrigin)
    return url.origin === serverOrigin && /^https?:$/.test(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}
