import assert from 'node:assert/strict';
import { page_test, with_browser } from './on_mock.mjs';
import { until } from './browser.mjs';
import { iso } from './mock/boards.mjs';

with_browser();

page_test('a manager puts the kiosk out of service with a message and takes it back', { as: 'manager' }, async ({ page, mock }) => {
  await page.click('#stop-reception');
  await page.fill('#stop-text', '午後2時から受け付けます');
  assert.equal(await page.getAttribute('#stop-text', 'maxlength'), '120');
  await page.click('dialog button.primary');
  await until(() => mock.calls.length === 1, 'the stop');
  assert.deepEqual(mock.calls[0], { method: 'PUT', path: '/api/reception-stop', body: { message: '午後2時から受け付けます' } });
  mock.board.kiosk.stopped = { by: '院長', message: '午後2時から受け付けます', since: iso() };
  mock.settle(1, 'done');
  await page.waitForSelector('#stopped >> text=午後2時から受け付けます');
  assert.equal(await page.isDisabled('#open-check'), true);
  await page.click('text=受付を再開する');
  await until(() => mock.calls.some((one) => one.method === 'DELETE'), 'the kiosk receives again');
});

page_test('the message may be empty', { as: 'manager' }, async ({ page, mock }) => {
  await page.click('#stop-reception');
  await page.click('dialog button.primary');
  await until(() => mock.calls.length === 1, 'the stop');
  assert.deepEqual(mock.calls[0].body, { message: '' });
});

page_test('the desk sees that the kiosk is stopped and who can take it back', {}, async ({ page, mock }) => {
  mock.board.kiosk.stopped = { by: '院長', message: '', since: iso() };
  mock.push();
  await page.waitForSelector('#stopped >> text=再開できるのは責任者です');
  assert.equal(await page.locator('text=受付を再開する').count(), 0);
});

page_test('the record shows who did what and that it is whole', { as: 'manager' }, async ({ page, mock }) => {
  mock.audit = { head: 'a1b2c3d4e5f60718', count: 2, problems: [], entries: [
    { n: 2, at: iso(), who: '鈴木', what: 'visual-check armed', why: 'condition', on: '', more: '' },
    { n: 1, at: iso(-5), who: '<b>院長</b>', what: 'something new', why: '', on: '', more: '' }] };
  await page.click('#menu summary');
  await page.click('#menu-audit');
  await page.waitForSelector('#audit-standing >> text=書き換えは見つかりません');
  const text = await page.textContent('dialog.audit tbody');
  for (const part of ['目視確認を準備', 'けが・体調', '<b>院長</b>', 'something new']) assert.ok(text.includes(part), part);
});

page_test('a record that was tampered with is told at once', { as: 'manager' }, async ({ page, mock }) => {
  mock.audit = { head: '', count: 9, entries: [], problems: [{ finding: 'altered', line: 4, says: 'the hash does not hold' }, 'cut off'] };
  await page.click('#menu summary');
  await page.click('#menu-audit');
  await page.waitForSelector('#audit-standing.trouble >> text=書き換えられた行があります（4行目）');
  assert.match(await page.textContent('#audit-standing'), /終わりが切り取られています/);
});

page_test('today\'s list is saved as a file', { as: 'manager' }, async ({ page, mock }) => {
  await page.click('#menu summary');
  const [saved] = await Promise.all([page.waitForEvent('download'), page.click('#menu-export')]);
  assert.match(saved.suggestedFilename(), /[.]csv$/);
  assert.ok(mock.calls.some((one) => one.path === '/api/export'));
});
