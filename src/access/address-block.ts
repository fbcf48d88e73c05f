import { isIP, isIPv4, isIPv6 } from 'node:net';

/** The prefix of IPv4 addresses on a socket that listens for IPv6 too. */
const MAPPED = '::ffff:';

/**
 * The key of the block of addresses that one household or machine gets. An IPv4 address is its own block. An IPv6
 * address is in a /64 block, because providers assign at least 2^64 addresses. A mapped IPv4 address counts as IPv4.
 */
export function addressBlock(address: string): string {
  const plain = address.includes('%') ? address.replace(/%.*$/, '') : address;
  // the common case: this runs for every request
  if (!plain.includes(':')) return plain;
  if (plain.startsWith(MAPPED) && isIPv4(plain.slice(MAPPED.length))) return plain.slice(MAPPED.length);
  if (!isIPv6(plain)) return plain;
  const groups = groupsOf(plain);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  const first = groups.slice(0, 4).map((group) => group.toString(16));
  return `${first.join(':')}::/64`;
}

/**
 * The address in a text that may have a port after it, as some proxies write into X-Forwarded-For: `203.0.113.9:51234`,
 * `[2001:db8::1]:443`. Null if there is no address in it.
 */
export function addressIn(text: string): string | null {
  const found = /^(?:\[([^\]]*)\]|([^:]*))(?::\d{1,5})?$/.exec(text);
  // an IPv6 address without brackets has no port: it would be part of the address
  const address = found ? (found[1] ?? found[2] ?? '') : text;
  const isBracketed = found?.[1] !== undefined;
  return (isBracketed ? isIPv6(address) : isIP(address) !== 0) ? address : null;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  // a URL normalises every form of an address, a dotted end included
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [start, end] = [read(head), read(tail ?? '')];
  return [...start, ...Array.from({ length: 8 - start.length - end.length }, () => 0), ...end];
}
