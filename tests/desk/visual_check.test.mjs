import assert from 'node:assert/strict';
import { page_test, pass, with_browser } from './on_mock.mjs';
import { shot, until } from './browser.mjs';
import { card_there, identified, iso, quiet_board, stop } from './mock/boards.mjs';

with_browser();

const armed = (by = '鈴木') => ({ by, reason: 'condition', until: iso(120) });

page_test('two taps lead from the sign-in to an armed visual check', { clock: false }, async ({ page, mock }) => {
  await page.evaluate(() => {
    window.taps = 0;
    document.addEventListener('click', (event) => { window.taps += event.isTrusted ? 1 : 0; }, true);
  });
  await page.click('#open-check');
  await page.click('[data-reason="face-and-pin-failed"]');
  await until(() => mock.calls.length === 1, 'the check reaches the kiosk');
  assert.equal(await page.evaluate(() => window.taps), 2);
  assert.deepEqual(mock.calls[0], {
    method: 'POST', path: '/api/visual-checks', body: { reason: 'face-and-pin-failed', session: null, confirmed: true },
  });
  mock.board.kiosk.visual = armed();
  mock.settle(1, 'done');
  await page.waitForSelector('#armed >> text=目視確認の準備ができています');
  await page.waitForSelector('#notes >> text=受付機に伝わりました');
});

page_test('every reason is sent by its name', { board: () => card_there(quiet_board()) }, async ({ page, mock }) => {
  for (const name of ['face-and-pin-failed', 'condition', 'device-trouble', 'other']) {
    mock.calls.length = 0;
    await page.click('#open-check');
    await page.click(`[data-reason="${name}"]`);
    await until(() => mock.calls.some((one) => one.method === 'POST'), name);
    assert.deepEqual(mock.calls.find((one) => one.method === 'POST').body, { reason: name, session: 7, confirmed: true });
    await page.waitForSelector('dialog', { state: 'detached' });
  }
});

page_test('the check says that the patient must be there, whom it is for and who confirms', { board: () => card_there(quiet_board()) },
  async ({ page, mock }) => {
    await page.click('#open-check');
    const text = await page.textContent('dialog');
    assert.match(text, /ご本人が来られていない場合は使えません/);
    assert.match(text, /いま置かれているカード/);
    assert.equal(await page.textContent('#check-who'), '鈴木');
    assert.equal(await page.locator('dialog >> text=目視で本人確認完了').count(), 4);
    assert.ok(mock.calls.every((one) => one.method === 'GET'), 'nothing is confirmed by opening it');
  });

page_test('the photo of the chip is shown beside the tick and not kept', { board: () => card_there(quiet_board()) }, async ({ page, mock }) => {
  await page.evaluate(() => {
    window.revoked = 0;
    const revoke = URL.revokeObjectURL;
    URL.revokeObjectURL = (url) => { window.revoked += 1; revoke.call(URL, url); };
  });
  await page.click('#open-check');
  await page.waitForSelector('#card-photo:not([hidden])');
  assert.ok(mock.calls.some((one) => one.path === '/api/card-photo?session=7'));
  assert.equal(await page.evaluate(() => window.revoked), 1);
  await shot(page, 'visual-check-pc');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  assert.equal(await page.locator('img').count(), 0);
});

page_test('without the photo of the chip the printed one is looked at', { board: () => card_there(quiet_board()) }, async ({ page, mock }) => {
  mock.answers['GET /api/card-photo'] = { status: 404, body: { error: 'card-gone' } };
  await page.click('#open-check');
  await page.waitForSelector('.printed >> text=カードの表の顔写真を見てください');
  await until(() => mock.calls.length === 1, 'the photo is asked for once');
});

page_test('a card that is replaced meanwhile must be looked at again', { board: () => card_there(quiet_board(), 7) }, async ({ page, mock }) => {
  await page.click('#open-check');
  card_there(mock.board, 8);
  mock.push();
  await page.waitForSelector('#check-changed:not([hidden])');
  assert.equal(await page.isDisabled('[data-reason="other"]'), true);
  await page.click('dialog >> text=もう一度見比べました');
  await page.click('[data-reason="other"]');
  await until(() => mock.calls.some((one) => one.method === 'POST'), 'the check');
  assert.equal(mock.calls.find((one) => one.method === 'POST').body.session, 8);
});

page_test('a card that is laid meanwhile is the one that the check is for', { clock: true }, async ({ page, mock }) => {
  await page.click('#open-check');
  assert.match(await page.textContent('#check-target'), /次に置かれるカード/);
  card_there(mock.board, 9);
  mock.push();
  await page.waitForSelector('#check-target >> text=いま置かれているカード');
  assert.equal(await page.isDisabled('[data-reason="other"]'), true, 'a tap under way lands on nothing');
  await page.clock.runFor(900);
  assert.equal(await page.isDisabled('[data-reason="other"]'), true);
  await page.clock.runFor(200);
  await page.click('[data-reason="other"]');
  await until(() => mock.calls.some((one) => one.method === 'POST'), 'the check');
  assert.equal(mock.calls.find((one) => one.method === 'POST').body.session, 9);
});

page_test('while a card lies there that is identified already, the check rests and says why, until the card is taken', {
  board: () => identified(card_there(quiet_board())) }, async ({ page, mock }) => {
  assert.equal(await page.isDisabled('#open-check'), true);
  assert.match(await page.textContent('#no-check'), /本人確認が済んでいます。カードが取られると/);
  // The visit is over, and its card lies there still.
  Object.assign(mock.board.kiosk, { screen: 'take-card', session: null, identified: null });
  mock.push();
  await page.waitForSelector('#no-check >> text=いまのカードには使えません');
  assert.equal(await page.isDisabled('#open-check'), true);
  mock.board.kiosk = quiet_board().kiosk;
  mock.push();
  await page.waitForSelector('#open-check:enabled');
  assert.equal(await page.isVisible('#no-check'), false);
});

page_test('a card that is identified while the check is open is never taken for the next one', { board: () => card_there(quiet_board()) }, async ({ page, mock }) => {
  await page.click('#open-check');
  identified(mock.board);
  mock.push();
  await page.waitForSelector('#check-changed >> text=本人確認が済んでいます');
  assert.equal(await page.isDisabled('[data-reason="other"]'), true);
  assert.equal(await page.isVisible('dialog >> text=もう一度見比べました'), false);
  mock.board.kiosk = quiet_board().kiosk;
  mock.push();
  await page.click('dialog >> text=もう一度見比べました');
  assert.match(await page.textContent('#check-target'), /次に置かれるカード/);
  await page.click('[data-reason="other"]');
  await until(() => mock.calls.some((one) => one.method === 'POST'), 'the check');
  assert.equal(mock.calls.find((one) => one.method === 'POST').body.session, null);
});

page_test('with a stop to come, the patient in the middle can be confirmed still; then nobody', { board: () => stop(card_there(quiet_board())) }, async ({ page, mock }) => {
  await page.click('#open-check');
  await page.click('[data-reason="condition"]');
  await until(() => mock.calls.some((one) => one.method === 'POST'), 'the check');
  assert.equal(mock.calls.find((one) => one.method === 'POST').body.session, 7);
  await page.waitForSelector('dialog', { state: 'detached' });
  mock.board = stop(quiet_board());
  mock.push();
  await page.waitForSelector('#no-check >> text=受付を止めているあいだ');
  assert.equal(await page.isDisabled('#open-check'), true);
});

page_test('out of service without staff having stopped it is a reader that is not there', {}, async ({ page, mock }) => {
  mock.board.kiosk.screen = 'out-of-service';
  mock.push();
  await page.waitForSelector('#kiosk-screen >> text=カードリーダーが使えません');
  stop(mock.board);
  mock.push();
  await page.waitForSelector('#kiosk-screen >> text=受付を止めています');
});

page_test('a waiting check counts down, can be taken back and says when it lapsed', { clock: true }, async ({ page, mock }) => {
  mock.board.kiosk.visual = { by: '鈴木', reason: 'condition', until: iso(100) };
  mock.push();
  await page.waitForSelector('#check-left');
  assert.match(await page.textContent('#check-left'), /^あと 1:(3|4)\d$/);
  await pass(page, mock, 30);
  assert.match(await page.textContent('#check-left'), /^あと 1:(0|1)\d$/);
  assert.equal(await page.isVisible('#open-check'), false);
  await page.click('#armed >> text=取り消す');
  await until(() => mock.calls.some((one) => one.method === 'DELETE'), 'it is taken back');
  assert.equal(mock.calls[0].path, '/api/visual-checks');
  mock.board.kiosk.visual = { by: '鈴木', reason: 'condition', until: iso(-1) };
  mock.push();
  await page.waitForSelector('#check-left >> text=あと 0:00');
  mock.board.kiosk.visual = null;
  mock.push();
  await page.waitForSelector('#notes >> text=目視確認の時間が過ぎました');
});

page_test('a check that came too late is told in words', { board: () => card_there(quiet_board()) }, async ({ page, mock }) => {
  await page.click('#open-check');
  await page.click('[data-reason="device-trouble"]');
  await page.waitForSelector('dialog', { state: 'detached' });
  mock.settle(1, 'too-late');
  await page.waitForSelector('#notes >> text=間に合いませんでした');
});

page_test('a check that is not taken stays open and says why', {}, async ({ page, mock }) => {
  mock.answers['POST /api/visual-checks'] = { status: 503, body: { error: 'stopping' } };
  await page.click('#open-check');
  await page.click('[data-reason="other"]');
  await page.waitForSelector('dialog .note >> text=少し待ってください');
  assert.equal(await page.isEnabled('[data-reason="other"]'), true);
});

page_test('where the kiosk does not use it, there is no visual check', { board: () => {
  const board = quiet_board();
  board.policy.visual = false;
  return board;
} }, async ({ page }) => {
  assert.equal(await page.isDisabled('#open-check'), true);
  assert.equal(await page.isVisible('#no-check'), true);
});
