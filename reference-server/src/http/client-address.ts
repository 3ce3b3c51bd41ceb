import type { IncomingMessage } from 'node:http'

/** The address of a client behind the proxies that are trusted, as Express's `request.ip`. */
export function clientAddress(request: IncomingMessage, trusts: (address: string, hop: number) => boolean): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
  const addresses = [
    request.socket.remoteAddress ?? '',
    ...forwarded
      .split(',')
      .map((entry) => entry.trim())
      .reverse(),
  ]
  let index = 0
  while (index < addresses.length - 1 && addresses[index + 1] && trusts(addresses[index] ?? '', index)) index++
  return addresses[index] ?? ''
}
