import proxyAddress from '@fastify/proxy-addr';
import { addressIn } from '../../access/address-block.ts';
import type { AddressOf } from '../../api/operation-request.ts';
import type { Settings } from '../settings/settings.ts';

/** Determines client addresses: the setting says whose X-Forwarded-For headers are trusted. */
export function clientAddress(trustProxy: Settings['trustProxy']): AddressOf {
  if (trustProxy === false) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = trustOf(trustProxy);
  return ({ socket, headers }) => {
    let address = socket.remoteAddress ?? '';
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').reverse();
    for (const [hop, entry] of forwarded.entries()) {
      const before = isTrusted(address, hop) ? addressIn(entry.trim()) : null;
      // what cannot be read counts as the peer that sent it
      if (before === null) break;
      address = before;
    }
    return address;
  };
}

function trustOf(setting: true | number | readonly string[]): (address: string, hop: number) => boolean {
  if (setting === true) return () => true;
  if (typeof setting === 'number') return (_address, hop) => hop < setting;
  return proxyAddress.compile([...setting]);
}
