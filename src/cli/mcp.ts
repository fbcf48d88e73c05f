// parley mcp [URL]: serves a running forum to an agent over stdin and stdout. Only messages of the protocol go to stdout.
//
// It sends the operations to the server instead of opening the database: then the forum can be on another machine, the
// agent needs no more than its own API key, and the server's caches, rate limits and idempotency keys see its writes.

import { loadServeOverStdio, remoteApi, siteNameOf } from '../mcp/index.ts';
import { version } from '../package-root.ts';
import { localUrl } from '../server/settings/setting-forms.ts';
import { readSettings } from '../server/settings/settings.ts';
import { messageForOperator, StartError } from '../start-error.ts';
import { usageOf } from './commands.ts';
import { readOptions } from './run-command.ts';

const USAGE = usageOf('mcp');

try {
  const { positionals } = readOptions(USAGE, {});
  if (positionals.length > 1) throw new StartError(`Only one URL is allowed. Usage: ${USAGE}`);
  const url = urlOf(positionals[0]);
  const token = process.env['PARLEY_TOKEN'] || null;
  if (token !== null && !/^[\w.~+/-]+=*$/.test(token))
    throw new StartError('PARLEY_TOKEN must be an API key or another token, without "Bearer".');
  const serveOverStdio = await loadServeOverStdio();
  const send = remoteApi(url, token, `parley-mcp/${version}`);
  const identity = { title: (await siteNameOf(send)) ?? new URL(url).host, version, url };
  serveOverStdio(identity, send, (error) => {
    process.stderr.write(`${error.message}\n`);
  });
} catch (error) {
  const message = messageForOperator(error);
  if (message === null) throw error;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

/** The forum's URL without a trailing slash. If omitted, that of the server with the settings of this environment. */
function urlOf(text: string | undefined): string {
  if (text === undefined) {
    const { host, port } = readSettings(process.env);
    return localUrl(host, port);
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || /[?#]/.test(text) || url.username || url.password)
    throw new StartError(`URL must be the http or https URL of a forum, not "${text}". Usage: ${USAGE}`);
  return url.href.replace(/\/+$/, '');
}
