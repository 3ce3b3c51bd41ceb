import { isIPv4, isIPv6 } from 'node:net'

/**
 * What limits count by: an IPv4 address, or the /64 of an IPv6 address, for one subscriber has all of a /64 and may take a new
 * address for every request. Whatever is no address stands for itself.
 */
export function clientNetwork(address = ''): string {
  const bare = address.replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  if (mapped && isIPv4(mapped)) return mapped
  if (!isIPv6(bare)) return address
  const [head = '', tail] = bare.split('::')
  const groups = head === '' ? [] : head.split(':')
  // An IPv4 address at the end stands for two groups.
  const rest = tail ? tail.replace(/[\d.]+\.[\d.]+$/, '0:0').split(':') : []
  if (tail !== undefined) while (groups.length + rest.length < 8) groups.push('0')
  const network = [...groups, ...rest].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}
