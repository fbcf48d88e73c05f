// parley doctor [--fix] [--rendering] [--json]: recounts every stored counter and reports differences.

import { type Examination, examine, type Finding } from '../operations/doctor/index.ts';
import { readSettings } from '../server/settings/settings.ts';
import { amount } from '../text/amount.ts';
import { commandLine, usageOf } from './commands.ts';
import { amounts, readOptions, runCommand, withExistingForum } from './run-command.ts';

const USAGE = usageOf('doctor');

await runCommand('The examination was stopped. What it has mended stays mended.', async (signal) => {
  const { values } = readOptions(USAGE, {
    fix: { type: 'boolean', default: false },
    rendering: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const findings: Finding[] = [];
  const onFinding = (finding: Finding) => {
    if (values.json) findings.push(finding);
    else process.stdout.write(`${lineOf(finding)}\n`);
  };
  const { fix, rendering } = values;
  const { imageHosts } = readSettings(process.env).policy;
  const options = { fix, rendering, imageHosts, onFinding, onPart: () => signal.throwIfAborted() };
  const result = await withExistingForum((db) => examine(db, options));
  if (result.mended < result.findings) process.exitCode = 1;
  return values.json ? JSON.stringify({ ...result, details: findings }) : summaryOf(result, fix);
});

function lineOf(finding: Finding): string {
  const what =
    finding.kind === 'counter'
      ? `${finding.column} is ${finding.stored}, counted ${finding.counted}`
      : finding.message;
  return `${finding.table} ${finding.id}: ${what}${finding.isMended ? ' (mended)' : ''}`;
}

function summaryOf({ findings, mended, ...counts }: Examination, fix: boolean): string {
  const examined = `Examined ${amounts(counts)}`;
  if (findings === 0) return `${examined}: everything agrees.`;
  const differ = amount(findings, 'difference');
  if (mended === findings) return `${examined}: ${differ}, all mended.`;
  if (fix) return `${examined}: ${differ}, ${mended} mended; the others need a person's decision.`;
  return `${examined}: ${differ}. ${commandLine('doctor', '--fix')} mends what can be mended.`;
}
