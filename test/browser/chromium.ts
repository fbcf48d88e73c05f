import { existsSync } from 'node:fs';
import { type Browser, chromium as driver, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Undefined: this machine has none. */
export const chromiumPath = [process.env['CHROMIUM_PATH'] ?? '', ...USUAL_PATHS].find((path) =>
  existsSync(path),
);

/** What a page did while it was open. */
export interface Visit {
  readonly page: Page;
  /** The addresses of all requests, workers' included. */
  readonly requests: string[];
  /** Errors and warnings on the console, exceptions, breaches of the page's policy, requests that failed. */
  readonly complaints: string[];
}

/** Starts the browser with an empty profile. */
export function startBrowser(): Promise<Browser> {
  return driver.launch({
    executablePath: chromiumPath as string,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens an empty page that shares nothing with other pages; it is closed when the test ends. */
export async function openPage(browser: Browser, colorScheme: 'light' | 'dark'): Promise<Visit> {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1400, height: 860 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('requestfailed', (request) =>
    complaints.push(`${request.url()}: ${request.failure()?.errorText}`),
  );
  context.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return { page, requests, complaints };
}
