import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import type { Settings } from '../settings/settings.ts';

/** A request's sender, behind proxies as far as the setting trusts them. Empty: it has gone. */
export type AddressOf = (request: IncomingMessage) => string;

/** Reads addresses by a setting: whose X-Forwarded-For is believed. */
export function clientAddress(trustProxy: Settings['trustProxy']): AddressOf {
  if (trustProxy === false) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = trustOf(trustProxy);
  return (request) => proxyAddress(request, isTrusted) ?? '';
}

function trustOf(setting: true | number | readonly string[]): (address: string, hop: number) => boolean {
  if (setting === true) return () => true;
  if (typeof setting === 'number') return (_address, hop) => hop < setting;
  return proxyAddress.compile([...setting]);
}
