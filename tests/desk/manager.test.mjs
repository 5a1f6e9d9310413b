import assert from 'node:assert/strict';
import { page_test, with_browser } from './on_mock.mjs';
import { until } from './browser.mjs';
import { iso, stop } from './mock/boards.mjs';

with_browser();

page_test('a manager puts the kiosk out of service with a message and takes it back', { as: 'manager' }, async ({ page, mock }) => {
  await page.click('#stop-reception');
  assert.match(await page.textContent('dialog'), /氏名などは書かないでください/);
  await page.fill('#stop-text', '午後2時から受け付けます');
  assert.equal(await page.getAttribute('#stop-text', 'maxlength'), '120');
  await page.click('dialog button.primary');
  await until(() => mock.calls.length === 1, 'the stop');
  assert.deepEqual(mock.calls[0], { method: 'PUT', path: '/api/reception-stop', body: { message: '午後2時から受け付けます' } });
  stop(mock.board, '午後2時から受け付けます');
  mock.settle(1, 'done');
  await page.waitForSelector('#stopped >> text=午後2時から受け付けます');
  assert.equal(await page.isDisabled('#open-check'), true);
  assert.match(await page.textContent('#no-check'), /受付を止めているあいだ/);
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
  stop(mock.board);
  mock.push();
  await page.waitForSelector('#stopped >> text=再開できるのは責任者です');
  assert.equal(await page.locator('text=受付を再開する').count(), 0);
});

page_test('the record shows who did what and that it is whole', { as: 'manager' }, async ({ page, mock }) => {
  mock.audit = { head: 'a1b2c3d4e5f60718', count: 2, checked: 2, verified: true, problems: [], entries: [
    { n: 2, at: iso(), who: '鈴木', what: 'visual-check armed', why: 'condition', on: '', more: '' },
    { n: 1, at: iso(-5), who: '<b>院長</b>', what: 'something new', why: '', on: '', more: '' }] };
  await page.click('#menu summary');
  await page.click('#menu-audit');
  await page.waitForSelector('#audit-standing >> text=書き換えは見つかりません。2件まで調べました');
  const text = await page.textContent('dialog.audit tbody');
  for (const part of ['目視確認を準備', 'けが・体調', '<b>院長</b>', 'something new']) assert.ok(text.includes(part), part);
});

const standing = (page) => page.textContent('#audit-standing');

page_test('a record that was not looked through to its end is not called whole, and is asked for again', { as: 'manager', clock: true }, async ({ page, mock }) => {
  mock.audit = { head: 'a1b2c3d4e5f60718', count: 9, checked: 4, verified: true, entries: [], problems: [] };
  await page.click('#menu summary');
  await page.click('#menu-audit');
  await page.waitForSelector('#audit-standing >> text=調べています。4件まで調べました');
  mock.audit = { ...mock.audit, checked: 9, verified: false };
  await page.clock.runFor(1_100);
  await page.waitForSelector('#audit-standing >> text=9件まで調べました');
  assert.doesNotMatch(await standing(page), /書き換えは見つかりません/);
  mock.audit.verified = true;
  await page.clock.runFor(1_100);
  await page.waitForSelector('#audit-standing.good >> text=書き換えは見つかりません。9件まで調べました');
});

page_test('a record that stays unread is asked for five times more', { as: 'manager', clock: true }, async ({ page, mock }) => {
  mock.audit = { head: '', count: 9, checked: 0, verified: false, entries: [], problems: [] };
  const asked = () => mock.calls.filter((one) => one.path.startsWith('/api/audit')).length;
  await page.click('#menu summary');
  await page.click('#menu-audit');
  await page.waitForSelector('#audit-standing');
  for (let times = 2; times <= 6; ++times) {
    await until(async () => {
      await page.clock.runFor(300);
      return asked() === times;
    }, `it is asked for the ${times}th time`);
  }
  await page.waitForSelector('#audit-standing >> text=まだ調べ終えていません');
  await page.clock.runFor(3_000);
  assert.equal(asked(), 6);
  assert.doesNotMatch(await standing(page), /書き換えは見つかりません/);
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

page_test('a result that is known before the window has closed is not lost with it', { as: 'manager' }, async ({ page, mock }) => {
  mock.board.tickets[1] = 'done';
  mock.push();
  await page.click('#stop-reception');
  await page.click('dialog button.primary');
  await page.waitForSelector('dialog', { state: 'detached' });
  await page.waitForSelector('#notes >> text=受付の停止：受付機に伝わりました');
});
