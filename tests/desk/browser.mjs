// One Chromium for a test file, a fresh context for each test, and what every test of the page needs.

import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const k_source = fileURLToPath(new URL('../../', import.meta.url));
const k_packages = process.env.DESK_TEST_PACKAGES ?? join(k_source, 'build/desk-tests');
export const k_shots = process.env.DESK_TEST_SHOTS ?? join(k_source, 'build/release/screens/desk');
mkdirSync(k_shots, { recursive: true });

const { chromium } = createRequire(join(k_packages, 'package.json'))('playwright-core');

export const k_pc = { width: 1366, height: 768 };
export const k_tablet = { width: 800, height: 1280 };
export const k_phone = { width: 390, height: 844 };

let m_browser = null;

export async function open_browser() {
  m_browser = await chromium.launch({
    executablePath: '/usr/bin/chromium', headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export async function close_browser() {
  await m_browser?.close();
}

// Runs in the page: what sounds and what is printed is noted instead of guessed.
function note_what_happens() {
  window.heard = [];
  window.printed = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    window.heard.push(this.frequency.value);
    return start.apply(this, when);
  };
  window.print = () => { window.printed += 1; };
  window.boards = 0;
  const listen = EventSource.prototype.addEventListener;
  EventSource.prototype.addEventListener = function (kind, heed, ...more) {
    return listen.call(this, kind, (event) => {
      heed(event);
      if (kind === 'board') window.boards += 1;
    }, ...more);
  };
}

async function new_page({ viewport, clock, dark, scale }) {
  const context = await m_browser.newContext({
    ignoreHTTPSErrors: true, viewport, deviceScaleFactor: scale, locale: 'ja-JP', timezoneId: 'Asia/Tokyo',
    colorScheme: dark ? 'dark' : 'light', acceptDownloads: true,
  });
  context.setDefaultTimeout(8_000);
  await context.addInitScript(note_what_happens);
  const page = await context.newPage();
  if (clock) await page.clock.install();
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => {
    // A refused call is told by the page itself; the browser writes it down, too. And between two pages it may fetch
    // the icon of the one that was left in the name of nobody, and refuse itself.
    const quiet = /Failed to load resource|net::ERR_|favicon\.svg' from origin 'null'/.test(message.text());
    if (message.type() === 'error' && !quiet) page.complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    page.complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return page;
}

const m_spare = new Map();  // options → a page that a test gave back

/// A page on `url`; every complaint of the browser is in page.complaints.
export async function open_page(url, { viewport = k_pc, clock = false, dark = false, scale = 1 } = {}) {
  const options = { viewport, clock, dark, scale };
  const kind = JSON.stringify(options);
  const page = m_spare.get(kind) ?? await new_page(options);
  m_spare.delete(kind);
  page.kind = kind;
  page.complaints = [];
  await page.goto(url);
  return page;
}

/// Signed out, empty and alone, a page serves the next test: starting one takes longer than most tests.
export async function give_back(page) {
  const { clock } = JSON.parse(page.kind);
  if (clock || m_spare.has(page.kind)) return page.context().close();
  for (const other of page.context().pages()) if (other !== page) await other.close();
  await page.goto('about:blank');
  await page.unrouteAll();
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(JSON.parse(page.kind).viewport);
  await page.context().clearCookies();
  m_spare.set(page.kind, page);
}

export async function sign_in(page, name = '鈴木', password = 'kumori-nochi-hare') {
  await page.fill('#sign-in-name', name);
  await page.fill('#sign-in-password', password);
  await page.click('#sign-in-send');
  await page.waitForSelector('#desk-view:not([hidden])');
}

export const sign_in_as_manager = (page) => sign_in(page, '院長', 'umi-to-yama-to-sora');

export async function shot(page, name) {
  await page.screenshot({ path: join(k_shots, `${name}.png`) });
}

/// A press as of somebody who has seen where it goes: what the board has just moved takes none for a moment.
export async function press(page, selector) {
  await page.waitForSelector(selector);
  await page.waitForFunction(() => [...document.querySelectorAll('#hands-list > li, #arrivals-list > li')]
    .every((row) => row.moved_ms === undefined || performance.now() - row.moved_ms >= 500));
  await page.click(selector);
}

/// Until `holds()` is true, asked every few milliseconds.
export async function until(holds, what, at_most_ms = 5_000) {
  const end = performance.now() + at_most_ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`did not happen: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
