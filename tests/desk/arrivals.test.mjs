import assert from 'node:assert/strict';
import { page_test, pass, with_browser } from './on_mock.mjs';
import { press, until } from './browser.mjs';
import { arrival, k_details, quiet_board } from './mock/boards.mjs';

with_browser();

const with_arrivals = (...arrivals) => () => ({ ...quiet_board(), arrivals });
const problem = (more = {}) => arrival(12, {
  state: 'problem', meaning: 'not found', can: ['retry', 'set-aside', 'declare'], ...more });

async function called(mock, method, ending) {
  await until(() => mock.calls.some((one) => one.method === method && one.path.endsWith(ending)), `${method} …${ending}`);
  return mock.calls.find((one) => one.method === method && one.path.endsWith(ending));
}

page_test('an arrival shows time, the number on the screen, masked name, age, method, state and every remark in words', {
  board: with_arrivals(arrival(15, { at: '2026-04-01T09:05:10+09:00', name: '髙○ 美○', age: 45, method: 'pin', number: 2,
    meaning: 'confirmed with a remark', remarks: ['card expired', 'branch inside number'] })),
}, async ({ page }) => {
  const text = await page.textContent('.arrival');
  for (const part of ['9:05', 'N-2', '髙○ 美○', '45歳', '暗証番号', '確認済み', '有効期限が過ぎています', '枝番']) {
    assert.ok(text.includes(part), part);
  }
});

page_test('a tap on the name shows all of it for half a minute and then nothing is left of it', { clock: true, board: with_arrivals(arrival(1)) },
  async ({ page, mock }) => {
    await page.click('button.name');
    await page.waitForSelector('dialog.details >> text=山田 太郎');
    const text = await page.textContent('dialog.details');
    for (const part of ['1952年3月4日', k_details.insurer_name, '男', '1割']) assert.ok(text.includes(part), part);
    assert.equal(mock.calls[0].path, `/api/arrivals/${arrival(1).id}`);
    await pass(page, mock, 25);
    assert.equal(await page.isVisible('dialog.details'), true);
    await pass(page, mock, 6);
    await page.waitForSelector('dialog.details', { state: 'detached' });
    assert.doesNotMatch(await page.evaluate(() => document.documentElement.outerHTML), /山田|39131234/);
  });

page_test('an unseen arrival is marked, counted and gone from the count once it was seen', { board: with_arrivals(arrival(1, { seen: false }), arrival(2)) },
  async ({ page, mock }) => {
    await page.waitForSelector('.arrival.unseen');
    assert.match(await page.title(), /【未確認 1】/);
    await page.click('text=来院を確認');
    await called(mock, 'POST', `${arrival(1).id}/seen`);
    mock.board.arrivals[0].seen = true;
    mock.push();
    await page.waitForSelector('.arrival.unseen', { state: 'detached' });
    assert.equal(await page.title(), '受付デスク');
  });

page_test('a request is retried', { board: with_arrivals(problem()) }, async ({ page, mock }) => {
  await page.click('text=送り直す');
  await called(mock, 'POST', '/retry');
});

page_test('a retry that comes too late is told', { board: with_arrivals(problem()) }, async ({ page, mock }) => {
  mock.answers[`POST /api/arrivals/${problem().id}/retry`] = { status: 409, body: { error: 'not-now' } };
  await page.click('text=送り直す');
  await page.waitForSelector('#notes >> text=いまは、その操作はできません');
});

page_test('a request is set aside only with a reason', { board: with_arrivals(problem()) }, async ({ page, mock }) => {
  await page.click('text=対応済みにする');
  assert.match(await page.textContent('dialog'), /氏名などは書かないでください/);
  assert.equal(await page.getAttribute('#set-aside-text', 'maxlength'), '60');
  await page.fill('#set-aside-text', '   ');
  await page.click('dialog button.primary');
  assert.equal(mock.calls.length, 0);
  await page.fill('#set-aside-text', '資格確認書で確認しました');
  await page.click('dialog button.primary');
  assert.deepEqual((await called(mock, 'POST', '/set-aside')).body, { why: '資格確認書で確認しました' });
  await page.waitForSelector('dialog', { state: 'detached' });
});

page_test('the self-declaration opens in a window of its own, which cannot reach back', { board: with_arrivals(problem()) }, async ({ page, mock }) => {
  const link = page.locator('.arrival >> a:has-text("申立書を開く")');
  assert.equal(await link.getAttribute('target'), '_blank');
  assert.match(await link.getAttribute('rel'), /noopener/);
  const [sheet] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await called(mock, 'GET', `${problem().id}/declaration`);
  await sheet.close();
});

page_test('the self-declaration is saved under a name that names nobody', { board: with_arrivals(problem()) }, async ({ page }) => {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.click('text=申立書を保存')]);
  assert.equal(saved.suggestedFilename(), 'declaration.pdf');
});

page_test('the empty self-declaration opens from the menu', {}, async ({ page, mock }) => {
  await page.click('#menu summary');
  const [sheet] = await Promise.all([page.context().waitForEvent('page'), page.click('#menu-blank')]);
  await called(mock, 'GET', '/api/declarations/blank');
  await sheet.close();
  await until(() => page.evaluate(() => !document.getElementById('menu').open), 'the menu is folded');
});

page_test('a self-declaration is marked as made, and later as reconciled', { board: with_arrivals(problem()) }, async ({ page, mock }) => {
  await page.click('text=申立書を受け取った');
  await called(mock, 'POST', '/declaration');
  mock.board.arrivals = [problem({ declaration: 'made', can: ['reconcile'] })];
  mock.push();
  await page.waitForSelector('.arrival >> text=申立書あり');
  await press(page, 'text=申立書を照合した');
  await called(mock, 'POST', '/reconciled');
});

page_test('further actions of an ordinary arrival are folded away and unfold', { board: with_arrivals(arrival(3, { can: ['declare'] })) }, async ({ page }) => {
  assert.equal(await page.isVisible('.arrival >> text=申立書を開く'), false);
  await page.click('text=手続き');
  await page.waitForSelector('.arrival >> text=申立書を開く');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), 'more', 'the focus stays where it was');
});

page_test('only rows that changed are drawn again', { board: () => ({ ...quiet_board(), arrivals: Array.from({ length: 200 }, (_, i) => arrival(i + 2)) }) },
  async ({ page, mock }) => {
    await page.waitForSelector('.arrival');
    await page.evaluate(() => {
      window.made = 0;
      new MutationObserver((changes) => { window.made += changes.reduce((sum, one) => sum + one.addedNodes.length, 0); })
        .observe(document.getElementById('arrivals-list'), { childList: true });
    });
    mock.board.arrivals = [arrival(1), ...mock.board.arrivals.slice(0, 199)];
    mock.board.arrivals[100].state = 'queued';
    mock.push();
    await until(() => page.evaluate(() => window.made > 0), 'the new row');
    assert.equal(await page.evaluate(() => window.made), 2);
    assert.equal(await page.locator('.arrival').count(), 200);
  });

page_test('what needs a hand leads to its arrival', { board: () => {
  const board = with_arrivals(...Array.from({ length: 40 }, (_, i) => arrival(i + 1)))();
  board.arrivals[35] = { ...arrival(36), state: 'problem', meaning: 'other person', can: ['set-aside'] };
  board.hands = [{ kind: 'answer', since: null, on: arrival(36).id }];
  return board;
} }, async ({ page }) => {
  assert.match(await page.textContent('#hands-list'), /生年月日の違う人/);
  await page.click('#hands-list >> text=見る');
  assert.equal(await page.evaluate(() => document.activeElement.closest('.arrival').dataset.id), arrival(36).id);
});

page_test('a press on what has just moved does nothing, and works a moment later', { clock: true, board: with_arrivals(arrival(2, { seen: false })) }, async ({ page, mock }) => {
  const seen = () => mock.calls.filter((one) => one.path.endsWith('/seen')).map((one) => one.path.split('/')[3]);
  const box = await page.locator('text=来院を確認').boundingBox();
  const tap = () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  mock.board.arrivals.unshift(arrival(1, { seen: false }));
  mock.push();
  await page.waitForSelector(`[data-id="${arrival(1).id}"]`);
  await tap();
  await page.click(`[data-id="${arrival(2).id}"] >> text=来院を確認`);
  await page.click(`[data-id="${arrival(2).id}"] button.name`);
  assert.equal(await page.locator('dialog').count(), 0);
  await page.clock.runFor(600);
  await tap();
  await until(() => seen().length > 0, 'the arrival is seen');
  assert.deepEqual(seen(), [arrival(1).id], 'only the press after it had come to rest');
});

page_test('what is offered anew in the same place is not pressed by the second tap of a pair', { clock: true, board: with_arrivals(problem()) }, async ({ page, mock }) => {
  const box = await page.locator('text=申立書を受け取った').boundingBox();
  mock.board.arrivals = [problem({ declaration: 'made', can: ['reconcile'] })];
  mock.push();
  await page.waitForSelector('text=申立書を照合した');
  await page.click('text=申立書を照合した');
  await page.mouse.click(box.x + 5, box.y + 5);
  assert.deepEqual(mock.calls, []);
  await page.clock.runFor(600);
  await page.click('text=申立書を照合した');
  await called(mock, 'POST', '/reconciled');
});
