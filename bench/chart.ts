import { floorOf } from './report.ts';
import { CONNECTIONS, type Outcome } from './workload.ts';

const COLOURS = ['#8a8f98', '#2f6fde', '#e0913a', '#4ba36a', '#b25bb0', '#c9534f', '#5b6b7f'];
const LABEL_WIDTH = 180;
const BAR_WIDTH = 520;
const BAR = 16;
const GAP = 18;
const TITLE = 46;

/** Requests per second as shares of the floor's, at the larger number of connections: one group of bars an operation. */
export function chart(outcomes: readonly Outcome[]): string {
  const connections = Math.max(...CONNECTIONS);
  const groups = outcomes.map(({ operation, figures }) => ({
    operation,
    bars: figures
      .filter((one) => one.connections === connections)
      .map((one) => ({
        name: one.name,
        share: one.requestsPerSecond / (floorOf(figures, one)?.requestsPerSecond ?? Number.NaN),
      })),
  }));
  const names = [...new Set(groups.flatMap(({ bars }) => bars.map(({ name }) => name)))];
  const most = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ share }) => share)));
  const parts: string[] = [];
  let y = TITLE;
  for (const { operation, bars } of groups) {
    parts.push(text(0, y + 12, operation, 'font-weight="600"'));
    y += GAP;
    for (const { name, share } of bars) {
      const width = ((share / most) * BAR_WIDTH).toFixed(1);
      const colour = COLOURS[names.indexOf(name) % COLOURS.length];
      parts.push(
        text(LABEL_WIDTH - 8, y + 12, name, 'text-anchor="end"'),
        `<rect x="${LABEL_WIDTH}" y="${y}" width="${width}" height="${BAR - 3}" fill="${colour}"/>`,
        text(LABEL_WIDTH + Number(width) + 6, y + 11, `${(100 * share).toFixed(0)} %`),
      );
      y += BAR;
    }
    y += GAP;
  }
  const line = LABEL_WIDTH + BAR_WIDTH / most;
  const [width, height] = [LABEL_WIDTH + BAR_WIDTH + 60, y];
  const title = `Requests per second with ${connections} connections, the hand-written floor being 100 %`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    // for those who hear it read
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(0, 14, title),
    `<line x1="${line}" x2="${line}" y1="${TITLE}" y2="${y - GAP}" stroke="#8a8f98" stroke-dasharray="3 3"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function text(x: number, y: number, words: string, more = ''): string {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" fill="#24292f" ${more}>${escaped}</text>`;
}
