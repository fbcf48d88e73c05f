import { writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { axeFindings, overflowOf } from './axe.ts';
import { useForum, type Visit } from './forum.ts';
import { FRONT_END_PAGE, readFrontEndPage } from './front-end-page.ts';
import { ask, say } from './moderators.ts';
import { makeScene, type Scene } from './scene.ts';
import { type Checked, withScreens } from './screen-table.ts';
import { SCREENS, type Screen } from './screens.ts';

const forum = useForum('sqlite', { EMBED_ORIGINS: 'https://site.example' });
let scene: Scene;
beforeAll(async () => {
  scene = await makeScene(forum());
});

/** The rows of the table. */
const ROWS = [...new Set(SCREENS.map(({ screen }) => screen))];
const checked: Checked[] = [];

/** What is wrong with a screen, in both themes and both widths. */
async function findingsOf({ page, complaints }: Visit, { path, state }: Screen): Promise<string[]> {
  await page.goto(forum().app.url + (typeof path === 'string' ? path : path(scene)));
  for (const menu of await page.locator('details.menu > summary').all())
    await menu.evaluate('(e) => { e.parentElement.open = true }');
  const findings = complaints.splice(0).map((complaint) => `${state}: ${complaint}`);
  const dead = `[...document.querySelectorAll('button[form]')].filter((one) => !one.form).map((one) => one.outerHTML)`;
  for (const button of (await page.evaluate(dead)) as string[])
    findings.push(`${state}: a button of a form that the page lacks: ${button}`);
  for (const colorScheme of ['light', 'dark'] as const) {
    // otherwise colours would be looked at while they change
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const where = `${state}, ${colorScheme}, ${width} pixels:`;
      const found = await axeFindings(page, colorScheme === 'light' ? 'all' : 'colours');
      findings.push(...found.map((finding) => `${where} ${finding}`));
      const overflow = await overflowOf(page);
      if (overflow > 0) findings.push(`${where} ${overflow} pixels too wide`);
    }
  }
  return findings;
}

test.each(ROWS)(
  '%s: axe finds nothing, and nothing is too wide',
  async (name) => {
    const visits = new Map<Screen['as'], Visit>();
    const all: string[] = [];
    for (const one of SCREENS.filter(({ screen }) => screen === name)) {
      const visit = visits.get(one.as) ?? (await forum().open());
      visits.set(one.as, visit);
      if (one.as !== undefined) await visit.signInAs(scene[one.as]);
      const findings = await findingsOf(visit, one);
      checked.push({ screen: name, state: one.state, findings: findings.length });
      all.push(...findings);
    }
    expect(all).toEqual([]);
  },
  300_000,
);

test('docs/front-end.md lists the screens above, and what axe has found (WRITE_AXE=on writes it)', () => {
  expect(checked).toHaveLength(SCREENS.length);
  const text = readFrontEndPage();
  const expected = withScreens(text, checked);
  if (process.env['WRITE_AXE'] === 'on') writeFileSync(FRONT_END_PAGE, expected);
  else expect(text).toBe(expected);
});

test('the menu of a question opens inside of a window of 390 pixels', async () => {
  const { page, signInAs } = await forum().open({ viewport: { width: 390, height: 800 } });
  await signInAs(scene.moderator);
  await page.goto(`${forum().app.url}/discussions/${scene.slug}`);
  await page.locator('.question details.menu > summary').click();
  await page.locator('.question').getByRole('link', { name: 'Merge' }).waitFor();
  expect(await overflowOf(page)).toBe(0);
});

const columns = (cell: string) => `|${cell.repeat(12)}`;
const TABLE = [columns(' الخطة الشهرية |'), columns(' :-- |'), columns(' ثلاثة مستخدمين |')].join('\n');
const WIDE = `# العنوان\n\n## آخر\n\nنص.\n\n${TABLE}\n\n\`\`\`\n${'code '.repeat(80)}\n\`\`\``;

test('tables and code are scrolled inside of texts and previews, and no heading is larger than the title', async () => {
  const visit = await forum().open({ viewport: { width: 320, height: 800 } });
  const { page, complaints } = visit;
  await visit.signInAs(scene.member);
  const { id, path } = await ask(forum(), scene.member.token, 'جدول', { body: WIDE });
  await say(forum(), scene.newcomer.token, id, WIDE);
  await page.goto(forum().app.url + path);
  await page.getByRole('textbox', { name: 'Your answer' }).fill(WIDE);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.locator('.preview table').waitFor();
  const sizes = `[...document.querySelectorAll('h1, .prose h2')].map((one) => parseFloat(getComputedStyle(one).fontSize))`;
  const [title = 0, ...others] = (await page.evaluate(sizes)) as number[];
  expect(Math.max(...others)).toBeLessThan(title);
  expect(others).toHaveLength(6);
  const reach = `[...document.querySelectorAll('.prose table')].map((table) => {
    const box = table.closest('.wide');
    const { left, right } = box.getBoundingClientRect();
    box.scrollLeft = -10_000;
    const { display } = getComputedStyle(table);
    return [left >= 0, right <= innerWidth, box.scrollLeft < -300, display, getComputedStyle(table.querySelector('td')).textAlign];
  })`;
  expect(await page.evaluate(reach)).toEqual(Array(3).fill([true, true, true, 'table', 'left']));
  expect([await overflowOf(page), await axeFindings(page), complaints]).toEqual([0, [], []]);
});

test('speaks German to a reader who prefers it, and what they choose to one who chooses', async () => {
  const { page } = await forum().open({ locale: 'de-AT' });
  await page.goto(forum().app.url);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Diskussionen');
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Discussions' }).waitFor();
});

test('is dark for a reader who chooses so, before any script runs', async () => {
  const { page } = await forum().open({ colorScheme: 'light', javaScriptEnabled: false });
  await page.goto(`${forum().app.url}/sign-in`);
  await page.getByRole('button', { name: 'Dark' }).click();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
});
