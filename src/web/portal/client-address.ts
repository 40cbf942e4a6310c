import type { WebContext } from '../session.ts'

/** What one customer of a provider gets of IPv6: a client may take any address within it. */
const IPV6_GROUPS = 4

/** Whose requests are counted together: an IPv4 address, or the network of an IPv6 address. */
export function clientAddress(c: WebContext): string {
  return networkOf(c.req.header('cf-connecting-ip') ?? '')
}

/** "2001:db8:0:7::1" is "2001:db8:0:7"; anything but IPv6 stays as it is. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail?.split(':').filter(Boolean) ?? []
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0')
  return [...groups, ...zeros, ...rest]
    .slice(0, IPV6_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
