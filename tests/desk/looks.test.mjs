// Every state at three widths, in both colour schemes: nothing cut off, tiny, pale or out of reach. The pictures are left
// to be looked at.

import assert from 'node:assert/strict';
import { page_test, with_browser } from './on_mock.mjs';
import { k_pc, k_phone, k_tablet, shot } from './browser.mjs';
import { arrival, busy_board, card_there, form, identified, iso, quiet_board, stop } from './mock/boards.mjs';

with_browser();

const k_sizes = { pc: k_pc, tablet: k_tablet, phone: k_phone };

// In the page: what is wrong with how it looks.
function faults() {
  const found = [];
  const name = (element) => `${element.tagName.toLowerCase()}#${element.id}.${element.className} "${element.textContent.slice(0, 20)}"`;
  if (document.documentElement.scrollWidth > window.innerWidth + 1) found.push(`wider than the window: ${document.documentElement.scrollWidth}`);
  const top = document.querySelector('dialog[open]') ?? document;
  for (const one of top.querySelectorAll('button, a.button, summary, input, textarea')) {
    const box = one.getBoundingClientRect();
    if (!box.width || !one.checkVisibility()) continue;
    if (box.height < 43.5 || box.width < 43.5) found.push(`small target ${Math.round(box.width)}×${Math.round(box.height)}: ${name(one)}`);
    if (box.left < -1 || box.right > window.innerWidth + 1) found.push(`beyond the edge: ${name(one)}`);
    if (one.scrollWidth > one.clientWidth + 2 && one.tagName !== 'INPUT') found.push(`cut off: ${name(one)}`);
  }
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3] > 200) return colour;
    }
    return [255, 255, 255];
  };
  const walk = document.createTreeWalker(top === document ? document.body : top, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !element.checkVisibility() || element.closest('.read')) continue;
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) < 13.5) found.push(`tiny ${style.fontSize}: ${name(element)}`);
    const [a, b] = [light(rgba(style.color)), light(ground(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) found.push(`pale ${((a + 0.05) / (b + 0.05)).toFixed(2)}: ${name(element)}`);
  }
  return found;
}

async function look(page, state) {
  for (const [size, viewport] of Object.entries(k_sizes)) {
    await page.setViewportSize(viewport);
    for (const scheme of size === 'pc' ? ['light', 'dark'] : ['light']) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      assert.deepEqual(await page.evaluate(faults), [], `${state} ${size} ${scheme}`);
      await shot(page, `${state}-${size}${scheme === 'dark' ? '-dark' : ''}`);
    }
  }
  await page.setViewportSize(k_pc);
}

page_test('signing in looks right', { as: null }, async ({ page }) => {
  await page.waitForSelector('#sign-in-name');
  await look(page, 'sign-in');
});

page_test('a quiet morning looks right', {}, async ({ page }) => look(page, 'quiet'));

page_test('a busy morning looks right', { board: busy_board }, async ({ page }) => look(page, 'busy'));

page_test('a busy morning of a manager looks right', { board: busy_board, as: 'manager' }, async ({ page }) => {
  await page.click('#menu summary');
  await look(page, 'menu');
});

page_test('the menu stays in the window wherever its button stands', { board: busy_board, as: 'manager', viewport: k_phone }, async ({ page }) => {
  await page.click('#menu summary');
  for (const width of [0, 60, 120, 180, 240]) {
    await page.evaluate((px) => { document.getElementById('sound').style.width = `${80 + px}px`; }, width);
    const box = await page.locator('.menu').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= k_phone.width, `${width}: ${JSON.stringify(box)}`);
  }
});

page_test('the forms that wait to be compared look right', { board: () => ({ ...quiet_board(), declarations: [
  form(1, { name: '山○ 花○', age: 76, check: 'match', claim: 'current', printed: true }),
  form(2, { name: '斎○ 実', age: 71, check: 'differs', differs: ['address', 'birth-date', 'insurer-name'], claim: 'old' }),
  form(3, { check: 'unknown', claim: 'sevens' })], declared: { confirmed: 1, differs: 0, not_confirmed: 2 } }) },
async ({ page }) => look(page, 'forms'));

page_test('the visual check looks right', { board: () => card_there(quiet_board()) }, async ({ page, mock }) => {
  mock.answers['GET /api/card-photo'] = { status: 404, body: {} };
  await page.click('#open-check');
  await look(page, 'visual-check');
});

page_test('an armed check and a stopped kiosk look right', { as: 'manager' }, async ({ page, mock }) => {
  mock.board.kiosk.visual = { by: '鈴木', reason: 'condition', until: iso(95) };
  mock.push();
  await page.waitForSelector('#check-left');
  await look(page, 'armed');
  mock.board.kiosk.visual = null;
  stop(mock.board, '午後2時から受け付けます');
  mock.push();
  await page.waitForSelector('#stopped >> text=受付を再開する');
  await look(page, 'stopped');
});

page_test('a lost connection looks right', { board: busy_board }, async ({ page, mock }) => {
  await mock.go_away();
  await page.waitForSelector('#lost:not([hidden])');
  for (const [size, viewport] of Object.entries(k_sizes)) {
    await page.setViewportSize(viewport);
    await shot(page, `lost-${size}`);
  }
});

page_test('full name and insurance look right', { board: busy_board }, async ({ page }) => {
  await page.click('button.name >> nth=0');
  await page.waitForSelector('dialog.details');
  await look(page, 'details');
});

page_test('the reason for setting aside looks right', { board: busy_board }, async ({ page }) => {
  await page.click('text=対応済みにする >> nth=0');
  await look(page, 'set-aside');
});

page_test('the record of what was done looks right', { as: 'manager' }, async ({ page, mock }) => {
  const entry = (n, what, why = '') => ({ n, at: iso(-60 * (40 - n)), who: '鈴木', what, why, on: 'N-12', more: '' });
  mock.audit = { head: 'a1b2c3d4e5f60718', count: 37, checked: 37, verified: true, problems: [], entries: [entry(37, 'visual-check armed', 'condition'),
    entry(36, 'signed in'), entry(35, 'arrival set aside', 'レセコンで手入力しました'), entry(34, 'arrivals exported')] };
  await page.click('#menu summary');
  await page.click('#menu-audit');
  await page.waitForSelector('dialog.audit');
  await look(page, 'audit');
});

page_test('a card that is identified and a reception that was not saved look right', { board: () => identified(card_there(quiet_board())) }, async ({ page, mock }) => {
  mock.board.hands = [{ kind: 'not-saved', since: iso(-5), on: '' }];
  mock.push();
  await page.waitForSelector('.hand');
  mock.board.hands = [];
  mock.push();
  await look(page, 'kept');
});

page_test('a record that is still looked through looks right', { as: 'manager' }, async ({ page, mock }) => {
  mock.audit = { head: '', count: 37, checked: 12, verified: false, problems: [], entries: [] };
  await page.click('#menu summary');
  await page.click('#menu-audit');
  await page.waitForSelector('dialog.audit');
  await look(page, 'audit-waits');
});

page_test('at twice the size everything is still there', { board: busy_board, viewport: { width: 683, height: 384 }, scale: 2 },
  async ({ page }) => {
    assert.deepEqual(await page.evaluate(faults), []);
    await shot(page, 'zoomed-pc');
    await page.click('#open-check');
    assert.deepEqual(await page.evaluate(faults), []);
    await page.locator('[data-reason="other"]').scrollIntoViewIfNeeded();
    await shot(page, 'zoomed-visual-check');
  });

page_test('names of any length and two hundred arrivals keep their places', { board: () => {
  const board = busy_board();
  board.arrivals = Array.from({ length: 200 }, (_, i) => arrival(i + 1, { name: i % 3 ? '佐○ 花○' : `${'寿○'.repeat(40)}`, seen: i > 4 }));
  return board;
} }, async ({ page }) => look(page, 'long-names'));
