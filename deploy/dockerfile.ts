import { readFileSync } from 'node:fs';

export interface Instruction {
  readonly name: string;
  readonly text: string;
}

export interface Stage {
  readonly name: string;
  readonly image: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile. Throws if one has an instruction that deploy/check.ts cannot take. */
export function readStages(file: string): Stage[] {
  const lines = readFileSync(file, 'utf8')
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: { name: string; image: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, name = '', text = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    const [, image = '', as = ''] = name === 'FROM' ? (/^(\S+)(?: AS (\S+))?$/.exec(text) ?? []) : [];
    if (image) stages.push({ name: as, image, instructions: [] });
    else if (!KNOWN.has(name)) throw new Error(`An instruction that is not known here: ${line}`);
    else stages.at(-1)?.instructions.push({ name, text });
  }
  return stages;
}

const KNOWN = new Set(['WORKDIR', 'COPY', 'RUN', 'ENV', 'VOLUME', 'USER', 'EXPOSE', 'HEALTHCHECK', 'CMD']);

/** The words after `CMD` of a CMD or HEALTHCHECK. Throws if it is not in the form that runs without a shell. */
export function execForm(text: string): [string, ...string[]] {
  const words: unknown = JSON.parse(/\[.*\]$/.exec(text)?.[0] ?? 'null');
  if (!Array.isArray(words) || words.length === 0) throw new Error(`Not in exec form: ${text}`);
  return words as [string, ...string[]];
}
