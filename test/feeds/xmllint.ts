import { spawnSync } from 'node:child_process';
import path from 'node:path';

const SCHEMAS = path.join(import.meta.dirname, 'schemas');
const OPTIONS = { 'sitemap.xsd': '--schema', 'atom.rng': '--relaxng', 'rss.rng': '--relaxng' } as const;
export type Schema = keyof typeof OPTIONS;

/** Whether libxml2's validator is installed: Debian's package libxml2-utils. */
export const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
if (!hasXmllint && process.env['CI']) {
  throw new Error('xmllint must be installed: in CI a skipped suite is a failure.');
}

/** What a document has that its schema does not allow. Empty if it is valid. */
export function schemaFaults(schema: Schema, document: string): string[] {
  const args = ['--noout', '--nonet', OPTIONS[schema], path.join(SCHEMAS, schema), '-'];
  const { status, stderr } = spawnSync('xmllint', args, { input: document, encoding: 'utf8' });
  if (status === 0) return [];
  // 1: not well-formed, 3: not valid. Anything else is no fault of the document
  if (status !== 1 && status !== 3) throw new Error(stderr);
  return stderr.trim().split('\n');
}
