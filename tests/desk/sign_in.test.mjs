import assert from 'node:assert/strict';
import { page_test, with_browser } from './on_mock.mjs';
import { sign_in, sign_in_as_manager, until } from './browser.mjs';
import { arrival, busy_board, quiet_board } from './mock/boards.mjs';

with_browser();

page_test('a wrong password is told, and the password is not left standing', { as: null }, async ({ page }) => {
  await page.fill('#sign-in-name', '鈴木');
  await page.fill('#sign-in-password', 'something else');
  await page.click('#sign-in-send');
  await page.waitForSelector('#sign-in-refused >> text=名前かパスワードが違います');
  assert.equal(await page.inputValue('#sign-in-password'), '');
  assert.equal(await page.isVisible('#desk-view'), false);
});

page_test('after too many tries the page says how long to wait, and then lets one try again', { as: null, clock: true }, async ({ page, mock }) => {
  mock.paused_s = 60;
  await page.fill('#sign-in-name', '鈴木');
  await page.fill('#sign-in-password', 'kumori-nochi-hare');
  await page.click('#sign-in-send');
  await page.waitForSelector('#sign-in-refused >> text=秒は使えません');
  assert.equal(await page.isDisabled('#sign-in-send'), true);
  await page.clock.runFor(61_000);
  assert.equal(await page.isEnabled('#sign-in-send'), true);
  mock.paused_s = 0;
  await sign_in(page);
});

page_test('a password that a program made is changed before anything else', { as: null }, async ({ page, mock }) => {
  mock.must_change = true;
  await page.fill('#sign-in-name', '院長');
  await page.fill('#sign-in-password', 'umi-to-yama-to-sora');
  await page.click('#sign-in-send');
  await page.waitForSelector('#password-view:not([hidden])');
  assert.equal(await page.isVisible('#desk-view'), false);
  await page.fill('#first-old', 'umi-to-yama-to-sora');
  await page.fill('#first-new', 'atarashii-asa-ga-kita');
  await page.fill('#first-again', 'atarashii-asa-ga-kito');
  await page.click('#first-password button');
  await page.waitForSelector('#first-refused >> text=2つとも同じになっていません');
  await page.fill('#first-again', 'atarashii-asa-ga-kita');
  await page.click('#first-password button');
  await page.waitForSelector('#desk-view:not([hidden])');
  assert.deepEqual(mock.calls[0].body, { old: 'umi-to-yama-to-sora', new: 'atarashii-asa-ga-kita' });
});

page_test('staff change their own password, and a refused one is told in words', {}, async ({ page, mock }) => {
  await page.click('#menu summary');
  await page.click('#menu-password');
  mock.answers['POST /password'] = { status: 400, body: { error: 'common' } };
  for (const [field, value] of [['old', 'kumori-nochi-hare'], ['new', 'password1234'], ['again', 'password1234']]) {
    await page.fill(`#own-${field}`, value);
  }
  await page.click('dialog button.primary');
  await page.waitForSelector('#own-refused >> text=よく使われるパスワードは使えません');
  delete mock.answers['POST /password'];
  await page.click('dialog button.primary');
  await page.waitForSelector('#notes >> text=パスワードを変えました');
});

page_test('signing out leaves nothing of the patients behind', { board: busy_board }, async ({ page, mock }) => {
  await page.waitForSelector('.arrival');
  await page.click('#menu summary');
  await page.click('#menu-sign-out');
  await page.waitForSelector('#signed-out >> text=サインアウトしました');
  assert.equal(mock.m_session, null);
  const left = await page.evaluate(() => document.documentElement.outerHTML);
  assert.doesNotMatch(left, /山○|N-9|74歳/);
  assert.equal(await page.title(), '受付デスク');
});

page_test('a reload keeps who is signed in and asks for a touch before it can sound', {}, async ({ page }) => {
  await page.reload();
  await page.waitForSelector('#desk-view:not([hidden])');
  assert.equal(await page.textContent('#who'), '鈴木');
  assert.equal(await page.textContent('#sound-words'), '音を鳴らす');
  await page.click('#operate-title');
  await page.waitForSelector('#sound >> text=音：入');
});

page_test('a session that is over goes back to the sign-in and says that nothing is noticed meanwhile', { board: busy_board }, async ({ page, mock }) => {
  await page.waitForSelector('.arrival');
  mock.end_session();
  await page.waitForSelector('#signed-out >> text=それまで来院や呼び出しは表示されません');
  assert.match(await page.title(), /サインインしてください/);
  assert.equal(await page.locator('.arrival').count(), 0);
  await until(() => page.evaluate(() => window.heard.includes(330)), 'a tone says so');
  await sign_in(page);
  await page.waitForSelector('.arrival');
});

page_test('any call that finds the session over goes back to the sign-in', { board: () => ({ ...quiet_board(), arrivals: [arrival(1, { seen: false })] }) },
  async ({ page, mock }) => {
    mock.m_session = null;
    await page.click('text=来院を確認');
    await page.waitForSelector('#sign-in-view:not([hidden])');
    await page.waitForSelector('#signed-out >> text=サインインの期限が切れた');
  });

page_test('what only managers may do is not offered to others', {}, async ({ page }) => {
  await page.click('#menu summary');
  for (const id of ['menu-audit', 'menu-export', 'stop-reception']) assert.equal(await page.isVisible(`#${id}`), false, id);
  await page.click('#menu-sign-out');
  await page.waitForSelector('#sign-in-view:not([hidden])');
  await sign_in_as_manager(page);
  await page.click('#menu summary');
  for (const id of ['menu-audit', 'menu-export', 'stop-reception']) assert.equal(await page.isVisible(`#${id}`), true, id);
});

page_test('everything can be reached and done by the keyboard', {}, async ({ page, mock }) => {
  const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.reason);
  assert.equal(await focus(), 'open-check');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  assert.equal(await focus(), 'face-and-pin-failed');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await until(() => mock.calls.length === 1, 'the check');
  assert.equal(mock.calls[0].body.reason, 'condition');
});

page_test('signing out while the kiosk cannot be reached clears the page, says so and goes on until it is done', { board: busy_board }, async ({ page, mock }) => {
  await page.waitForSelector('.arrival');
  await page.route('**/session', (route) => route.abort());
  await page.click('#menu summary');
  await page.click('#menu-sign-out');
  await page.waitForSelector('#signed-out >> text=サインアウトがまだ終わっていません');
  assert.equal(await page.locator('.arrival').count(), 0);
  assert.notEqual(mock.m_session, null);
  await page.unroute('**/session');
  await page.waitForSelector('#signed-out >> text=サインアウトしました');
  assert.equal(mock.m_session, null);
});

page_test('a sign-out that the kiosk refuses has not happened', {}, async ({ page, mock }) => {
  mock.answers['DELETE /session'] = { status: 503, body: { error: 'unavailable' } };
  await page.click('#menu summary');
  await page.click('#menu-sign-out');
  await page.waitForSelector('#signed-out >> text=サインアウトがまだ終わっていません');
  const before_session = mock.m_session;
  // Whoever signs in next ends it first.
  await page.fill('#sign-in-name', '院長');
  await page.fill('#sign-in-password', 'umi-to-yama-to-sora');
  await page.click('#sign-in-send');
  await page.waitForSelector('#sign-in-refused >> text=前のサインアウト');
  assert.equal(mock.m_session, before_session);
  delete mock.answers['DELETE /session'];
  await sign_in_as_manager(page);
  assert.equal(await page.textContent('#who'), '院長');
  assert.equal(mock.m_session.name, '院長');
});

page_test('changing one\'s own password is no loss of the connection', { board: busy_board }, async ({ page, mock }) => {
  await page.waitForSelector('.arrival');
  await page.evaluate(() => {
    window.heard = [];
    window.was_lost = false;
    new MutationObserver(() => { window.was_lost ||= !document.getElementById('lost').hidden; })
      .observe(document.getElementById('lost'), { attributes: true });
  });
  await page.click('#menu summary');
  await page.click('#menu-password');
  for (const [field, value] of [['old', 'kumori-nochi-hare'], ['new', 'atarashii-asa-ga-kita'], ['again', 'atarashii-asa-ga-kita']]) {
    await page.fill(`#own-${field}`, value);
  }
  const opened = mock.opened;
  await page.click('dialog button.primary');
  await page.waitForSelector('#notes >> text=パスワードを変えました');
  await until(() => mock.opened > opened, 'the stream is opened again');
  mock.board.arrivals.unshift(arrival(77));
  mock.push();
  await page.waitForSelector(`[data-id="${arrival(77).id}"]`);
  assert.equal(await page.evaluate(() => window.was_lost), false);
  assert.equal(await page.evaluate(() => window.heard.includes(330)), false);
});
