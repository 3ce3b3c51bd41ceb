import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** An address that a name stands for. */
export interface ResolvedAddress {
  address: string
  family: number
}

/** Finds the addresses of a name. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>

/** As the operating system resolves. */
export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true })

/** Networks of IPv4 that are nobody's on the Internet: this machine, private, link-local, for documents, for groups (RFC 6890). */
const PRIVATE_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

/** Of IPv6 within 2000::/3, outside of which nothing is public: tunnels that lead to any IPv4, and documents. */
const PRIVATE_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const private4 = new BlockList()
for (const [network, bits] of PRIVATE_4) private4.addSubnet(network, bits, 'ipv4')
const private6 = new BlockList()
for (const [network, bits] of PRIVATE_6) private6.addSubnet(network, bits, 'ipv6')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/** Whether an IP address is one of the public Internet. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return !private4.check(address, 'ipv4')
  return version === 6 && global6.check(address, 'ipv6') && !private6.check(address, 'ipv6')
}

/** The address in a URL's host, where it is no name: `[::1]` and `127.0.0.1`. */
export function addressInHost(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(bare) === 0 ? undefined : bare
}
