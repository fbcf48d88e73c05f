import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPlayground } from '../../scripts/playground.ts';
import { type App, createApp, prepareDatabase } from '../../src/server/app.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { chromiumPath, openPage, startBrowser } from './chromium.ts';

/** How bright an element's ground is: 0 is black, 255 is white. */
async function brightnessOf(page: Page, selector: string): Promise<number> {
  const color = await page.evaluate(
    `getComputedStyle(document.querySelector('${selector}')).backgroundColor`,
  );
  const [red = 0, green = 0, blue = 0] = (String(color).match(/[\d.]+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}

const isNeeded = process.env['CI'] !== undefined;

test('a browser is here, or this is no place where all tests must run (install chromium or set CHROMIUM_PATH)', () => {
  expect(chromiumPath !== undefined || !isNeeded).toBe(true);
});

describe.skipIf(chromiumPath === undefined)(
  'the playground in Chromium (skipped where none is found)',
  () => {
    let folder: string;
    let app: App;
    let browser: Browser;

    beforeAll(async () => {
      await buildPlayground();
      browser = await startBrowser();
      folder = await mkdtemp(path.join(tmpdir(), 'parley-browser-'));
      const databaseUrl = `file:${path.join(folder, 'forum.db')}`;
      const settings = readSettings({ PORT: '0', DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' });
      await prepareDatabase(settings);
      app = await createApp(settings);
    });

    afterAll(async () => {
      await browser.close();
      await app.close();
      await rm(folder, { recursive: true });
    });

    test.each(['light', 'dark'] as const)(
      'shows the answer of the seeded discussion at once, in %s',
      async (scheme) => {
        const { page, requests, complaints } = await openPage(browser, scheme);
        await page.goto(`${app.url}/playground`);
        const answer = page.locator('.graphiql-response');
        await answer.getByText('"What is the difference between ISO and soc2?"').waitFor();
        await answer.getByText('"Pinned by').first().waitFor();
        expect(await answer.textContent()).not.toContain('"errors"');
        const brightness = await brightnessOf(page, '.graphiql-container');
        if (scheme === 'light') expect(brightness).toBeGreaterThan(200);
        else expect(brightness).toBeLessThan(80);
        expect(complaints).toEqual([]);
        expect(requests.filter((url) => !url.startsWith(`${app.url}/`))).toEqual([]);
      },
    );

    test('runs the list in its second tab', async () => {
      const { page, complaints } = await openPage(browser, 'light');
      await page.goto(`${app.url}/playground`);
      await page.locator('.graphiql-response').getByText('"data"').waitFor();
      await page.getByRole('tab', { name: 'Discussions' }).click();
      await page.getByRole('button', { name: /Execute query/ }).click();
      await page.locator('.graphiql-response').getByText('"totalCount"').waitFor();
      expect(await page.locator('.graphiql-response').textContent()).not.toContain('"errors"');
      expect(complaints).toEqual([]);
    });

    test('explains the schema: a type opens with its description', async () => {
      const { page, requests, complaints } = await openPage(browser, 'light');
      await page.goto(`${app.url}/playground`);
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      const explorer = page.locator('.graphiql-doc-explorer');
      await explorer.getByRole('link', { name: 'Query', exact: true }).click();
      await explorer.getByRole('link', { name: 'Discussion', exact: true }).first().click();
      await explorer
        .getByText('A question about a product or in a category, together with its comments.')
        .waitFor();
      await explorer.getByText('relatedDiscussions').waitFor();
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith(`${app.url}/`))).toEqual([]);
    });

    test('has a tab with a mutation, and opens its header to fill in', async () => {
      const { page, complaints } = await openPage(browser, 'light');
      await page.goto(`${app.url}/graphql`);
      await page.locator('.graphiql-response').getByText('"data"').waitFor();
      await page.getByRole('tab', { name: 'Comment' }).click();
      const headers = page.locator('[aria-label="Headers"]');
      await headers.getByText('"Authorization"').waitFor();
      await headers.getByText('"Bearer TOKEN"').waitFor();
      await page.getByRole('button', { name: /Execute query/ }).click();
      await page.locator('.graphiql-response').getByText('"UNAUTHENTICATED"').waitFor();
      // the browser reports the status of the refusal
      expect(complaints.filter((line) => !line.includes('401'))).toEqual([]);
    });

    test.each([
      [1280, 800],
      [390, 844],
    ])('shows whole lines and whole keys at %i by %i', async (width, height) => {
      const { page } = await openPage(browser, 'light');
      await page.setViewportSize({ width, height });
      await page.goto(`${app.url}/playground`);
      await page.locator('.graphiql-response').getByText('"data"').waitFor();
      // how much of the last visible line the lower edge of the editor cuts off
      const cutOff = () =>
        page.evaluate(`(() => {
          const lines = document.querySelector('.graphiql-query-editor .view-lines');
          const line = lines.querySelector('.view-line').offsetHeight;
          return document.querySelector('.graphiql-query-editor .monaco-editor').clientHeight % line;
        })()`);
      await vi.waitFor(async () => expect(await cutOff()).toBe(0));
      await page.getByRole('tab', { name: 'Comment' }).click();
      await page.locator('[aria-label="Headers"]').getByText('"Bearer TOKEN"').waitFor();
      await vi.waitFor(async () => expect(await cutOff()).toBe(0));
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      await vi.waitFor(async () => expect(await cutOff()).toBe(0));
      const isWhole = await page.evaluate(`(() => {
        const input = document.querySelector('.graphiql-doc-explorer-search input');
        const paper = document.createElement('canvas').getContext('2d');
        paper.font = getComputedStyle(input).font;
        return paper.measureText(input.placeholder).width <= input.clientWidth;
      })()`);
      expect(isWhole).toBe(true);
    });

    test('lists types by name, with the rate limits and prices of fields', async () => {
      const { page } = await openPage(browser, 'light');
      await page.goto(`${app.url}/playground`);
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      const explorer = page.locator('.graphiql-doc-explorer');
      await explorer.getByRole('link', { name: 'DateTime', exact: true }).waitFor();
      const names = await explorer
        .locator('.graphiql-doc-explorer-section-content')
        .last()
        .getByRole('link')
        .allTextContents();
      expect(names.length).toBeGreaterThan(100);
      expect(names).toEqual([...names].sort());
      await explorer.getByRole('link', { name: 'Mutation', exact: true }).first().click();
      await explorer.getByRole('link', { name: 'addComment', exact: true }).click();
      await explorer.getByText('Rate limit: 30 in 60 seconds.').waitFor();
      await explorer.getByText('Price: 0.5 points').waitFor();
    });

    test.each(['light', 'dark'] as const)(
      'on a phone, in %s, the result is below the editor, nothing is wider than the screen, and Docs cover both',
      async (scheme) => {
        const { page, complaints } = await openPage(browser, scheme);
        await page.setViewportSize({ width: 390, height: 844 });
        await page.goto(`${app.url}/playground`);
        await page.locator('.graphiql-response').getByText('"data"').waitFor();
        const boxOf = async (selector: string) => {
          const box = await page.locator(selector).boundingBox();
          if (!box) throw new Error(`${selector} is not visible`);
          return box;
        };
        const [editor, response] = [await boxOf('.graphiql-editors'), await boxOf('.graphiql-response')];
        expect(editor.width).toBeGreaterThan(370);
        expect(response.width).toBe(editor.width);
        expect(response.y).toBeGreaterThanOrEqual(editor.y + editor.height);
        expect(Math.min(editor.height, response.height)).toBeGreaterThan(300);
        await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
        await page
          .locator('.graphiql-doc-explorer')
          .getByRole('link', { name: 'Query', exact: true })
          .waitFor();
        const docs = await boxOf('.graphiql-plugin');
        expect([docs.x, docs.y, docs.width]).toEqual([0, 0, 390]);
        expect(docs.height).toBeGreaterThan(780);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
        await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
        expect((await boxOf('.graphiql-editors')).width).toBe(editor.width);
        expect(complaints).toEqual([]);
      },
    );

    test('can be set to dark where the system is light, and stays so', async () => {
      const { page, complaints } = await openPage(browser, 'light');
      await page.goto(`${app.url}/playground`);
      await page.waitForLoadState('networkidle');
      await page.getByRole('button', { name: 'Open settings dialog' }).click();
      await page.getByRole('button', { name: 'Dark' }).click();
      await page.locator('body.graphiql-dark').waitFor();
      await page.reload();
      await page.locator('body.graphiql-dark').waitFor();
      // the reload aborts what the page was still loading by then
      expect(complaints.filter((line) => !line.endsWith('net::ERR_ABORTED'))).toEqual([]);
    });
  },
);
