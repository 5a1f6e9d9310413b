// 申立書: who was confirmed since and who was not, and the forms that nobody has on paper.

import assert from 'node:assert/strict';
import { page_test, with_browser } from './on_mock.mjs';
import { press, until } from './browser.mjs';
import { form, iso, quiet_board } from './mock/boards.mjs';

with_browser();

const with_forms = (...forms) => () => ({ ...quiet_board(), declarations: forms });
const row = (n) => `#declarations-list > [data-id="${form(n).id}"]`;

page_test('without forms there is no list of them', {}, async ({ page, mock }) => {
  assert.equal(await page.isVisible('#declarations'), false);
  mock.board.declarations = [form(1)];
  mock.push();
  await page.waitForSelector('#declarations >> text=申立書');
  mock.board.declarations = [];
  mock.push();
  await page.waitForSelector('#declarations', { state: 'hidden' });
});

page_test('each form says whether the service agrees, in what it differs, and what is claimed with', { board: with_forms(
  form(1, { name: '山○ 花○', age: 76, check: 'match', claim: 'current', printed: true }),
  form(2, { check: 'differs', differs: ['address', 'birth-date'], claim: 'old' }),
  form(3)) }, async ({ page }) => {
  const first = await page.textContent(row(1));
  for (const part of ['山○ 花○', '76歳', '一致', '印刷済み']) assert.ok(first.includes(part), part);
  assert.doesNotMatch(first, /請求/);
  const second = await page.textContent(row(2));
  for (const part of ['相違（住所、生年月日）', '以前の番号で請求', '未印刷']) assert.ok(second.includes(part), part);
  const third = await page.textContent(row(3));
  for (const part of ['未確認', '「不詳」請求（7埋め）']) assert.ok(third.includes(part), part);
});

page_test('after an outage one line tells who was confirmed since and who was not, as the kiosk counted', { board: () => ({
  ...with_forms(form(1, { check: 'match', claim: 'current' }), form(2, { check: 'match', claim: 'old' }))(),
  declared: { confirmed: 300, differs: 12, not_confirmed: 41 } }) },
async ({ page, mock }) => {
  assert.equal(await page.textContent('#declarations-count'), '確認できた方 300人（うち相違 12人）・未確認 41人（新しい2件を表示）');
  mock.board.declared = { confirmed: 1, differs: 0, not_confirmed: 1 };
  mock.push();
  await page.waitForSelector('#declarations-count >> text=確認できた方 1人・未確認 1人');
  assert.equal(await page.textContent('#declarations-count'), '確認できた方 1人・未確認 1人');
});

page_test('a form opens in a window of its own and is marked as reconciled', { board: with_forms(form(1)) }, async ({ page, mock }) => {
  const [sheet] = await Promise.all([page.context().waitForEvent('page'), page.click(`${row(1)} >> text=開く`)]);
  await until(() => mock.calls.some((one) => one.path === `/api/arrivals/${form(1).id}/declaration`), 'it is asked for');
  await sheet.close();
  await press(page, `${row(1)} >> text=照合済みにする`);
  await until(() => mock.calls.some((one) => one.method === 'POST' && one.path === `/api/arrivals/${form(1).id}/reconciled`), 'it is told');
});

page_test('a form of another day says its day', { board: with_forms(form(1), form(2, { at: '2026-01-05T09:05:00+09:00' })) }, async ({ page }) => {
  assert.match(await page.textContent(`${row(2)} time`), /^1月5日 9:05$/);
  assert.match(await page.textContent(`${row(1)} time`), /^\d+:\d\d$/);
});

page_test('a form that is on no paper needs a hand, and leads to its row', { board: () => ({
  ...with_forms(form(1, { name: '山○ 花○' }))(), hands: [{ kind: 'declaration', since: iso(-30), on: form(1).id }] }) },
async ({ page }) => {
  const hand = await page.textContent('#hands-list');
  for (const part of ['申立書が届きました', '山○ 花○']) assert.ok(hand.includes(part), part);
  assert.match(await page.title(), /【要対応 1】/);
  await page.click('#hands-list >> text=見る');
  assert.equal(await page.evaluate(() => document.activeElement.closest('.form').dataset.id), form(1).id);
});

page_test('a call tells what the patient has to show', {}, async ({ page, mock }) => {
  mock.board.calls = [{ number: 5, since: iso(-3), screen: 'show-to-staff', to_show: 'portal', seen_by: null }];
  mock.board.hands = [{ kind: 'call', since: iso(-3), on: 5 }];
  mock.push();
  await page.waitForSelector('.hand.call >> text=マイナポータルの画面');
});

page_test('an arrival with a form has its badges, too', { board: () => ({ ...quiet_board(), arrivals: [form(1, { check: 'match', claim: 'current' })] }) },
  async ({ page }) => {
    const text = await page.textContent('.arrival');
    for (const part of ['一致', '申立書']) assert.ok(text.includes(part), part);
  });

page_test('no form is left on the page when nobody is signed in', { board: with_forms(form(1, { name: '山○ 花○' })) }, async ({ page }) => {
  await page.waitForSelector(row(1));
  await page.click('#menu summary');
  await page.click('#menu-sign-out');
  await page.waitForSelector('#sign-in-view:not([hidden])');
  assert.doesNotMatch(await page.evaluate(() => document.documentElement.outerHTML), /山○/);
});
