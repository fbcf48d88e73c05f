import type { Browser } from 'playwright-core';

/** What became of a page, as the browser saw it. */
export interface Seen {
  /** Scripts that were so much as parsed: elements, event handlers, javascript: addresses, eval. */
  readonly scripts: string[];
  /** Addresses asked for beside the page's own. */
  readonly requests: string[];
  /** Dialogs, further windows, and addresses that the page went to. */
  readonly acts: string[];
  /** Elements and attributes that no text may bring, as the browser's own parser made them. */
  readonly strange: string[];
}

const ADDRESS = 'https://forum.example/page';
/** Time for what begins by itself after loading: timers, animations, refreshes. */
const SETTLE_MS = 300;

/** Runs in the page. Anything else that is in it could act when a reader points at it, clicks it or types. */
const LIST_STRANGE = `(() => {
  const tags = new Set('P BR HR H1 H2 H3 H4 H5 H6 BLOCKQUOTE PRE CODE UL OL LI EM STRONG S A TABLE THEAD TBODY TR TH TD SPAN ARTICLE'.split(' '));
  const attributes = new Set(['href', 'title', 'rel', 'start', 'data-author']);
  const strange = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (!tags.has(element.tagName)) strange.push(element.outerHTML.slice(0, 200));
    for (const { name } of element.attributes) if (!attributes.has(name)) strange.push(element.outerHTML.slice(0, 200));
    if (element.tagName !== 'A') continue;
    const isSafe = ['http:', 'https:', 'mailto:'].includes(element.protocol) && /^(https?|mailto):/i.test(element.getAttribute('href'));
    const isMarked = element.rel === 'nofollow ugc noopener noreferrer';
    if (!isSafe || !isMarked) strange.push(element.outerHTML.slice(0, 200));
  }
  return strange;
})()`;

/**
 * Opens fragments of HTML in a page without any policy, as the server would send it and then as a front end would put
 * them in, moves over it and types, and answers what came of it.
 */
export async function watchPage(browser: Browser, fragments: readonly string[]): Promise<Seen> {
  const seen: Seen = { scripts: [], requests: [], acts: [], strange: [] };
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  try {
    const content = fragments.map((html) => `<article>${html}</article>`).join('\n');
    await context.route('**/*', async (route) => {
      const url = route.request().url();
      if (url === ADDRESS && seen.acts.length === 0)
        return route.fulfill({
          contentType: 'text/html; charset=utf-8',
          body: `<!doctype html><body>${content}`,
        });
      seen.requests.push(url);
      return route.abort();
    });
    const page = await context.newPage();
    let navigations = 0;
    page.on('dialog', async (dialog) => {
      seen.acts.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on('framenavigated', (frame) => {
      if (++navigations > 1) seen.acts.push(`went to ${frame.url()}`);
    });
    context.on('page', (other) => seen.acts.push(`opened ${other.url()}`));
    page.on('websocket', (socket) => seen.requests.push(socket.url()));

    const debug = await context.newCDPSession(page);
    debug.on('Debugger.scriptParsed', ({ url, startLine, executionContextAuxData }) => {
      // others are the driver's own, in a world that the page cannot see
      if (executionContextAuxData?.['isDefault']) seen.scripts.push(`${url}:${startLine}`);
    });
    await debug.send('Debugger.enable');
    await page.goto(ADDRESS, { waitUntil: 'load' });
    await page.mouse.move(200, 200);
    await page.mouse.wheel(0, 3_000);
    await page.mouse.move(300, 400, { steps: 5 });
    for (let n = 0; n < 5; n++) await page.keyboard.press('Tab');
    await page.waitForTimeout(SETTLE_MS);
    // what this asks of the page is a script too
    await debug.send('Debugger.disable');
    seen.strange.push(...((await page.evaluate(LIST_STRANGE)) as string[]));

    await page.evaluate((html) => {
      (globalThis as unknown as { document: { body: { innerHTML: string } } }).document.body.innerHTML = html;
    }, content);
    const before = seen.scripts.length;
    await debug.send('Debugger.enable');
    // enabling tells of the scripts that there are already
    seen.scripts.length = before;
    await page.mouse.move(400, 300, { steps: 5 });
    await page.waitForTimeout(SETTLE_MS);
    await debug.send('Debugger.disable');
    seen.strange.push(...((await page.evaluate(LIST_STRANGE)) as string[]));
    return seen;
  } finally {
    await context.close();
  }
}
