import assert from 'node:assert/strict';
import { page_test, pass, with_browser } from './on_mock.mjs';
import { until } from './browser.mjs';
import { arrival, card_there, iso, quiet_board } from './mock/boards.mjs';

with_browser();

const k_arrival = 659;
const k_call = 988;
const heard = (page) => page.evaluate(() => window.heard.splice(0));

page_test('a call stands out, and 「まいります」 tells the patient', {}, async ({ page, mock }) => {
  mock.board.calls = [{ number: 5, since: iso(-3), screen: 'pin-locked', seen_by: null }];
  mock.board.hands = [{ kind: 'call', since: iso(-3), on: 5 }];
  mock.push();
  await page.waitForSelector('.hand.call >> text=患者さんが呼んでいます');
  assert.match(await page.title(), /【呼出 1】/);
  assert.equal(await page.textContent('#read-now'), '患者さんが呼んでいます');
  await page.click('text=まいります');
  await until(() => mock.calls.some((one) => one.path === '/api/calls/5/seen'), 'somebody is on the way');
  mock.board.calls[0].seen_by = '鈴木';
  mock.settle(1, 'done');
  await page.waitForSelector('text=鈴木さんが対応しています');
  assert.doesNotMatch(await page.title(), /呼出/);
});

page_test('a call that the list of hands leaves out is shown all the same', {}, async ({ page, mock }) => {
  mock.board.calls = [{ number: 6, since: iso(), screen: 'face', seen_by: null }];
  mock.push();
  await page.waitForSelector('.hand.call');
});

page_test('an arrival and a call sound different, and each again every minute while nobody looks', { clock: true }, async ({ page, mock }) => {
  await until(() => page.evaluate(() => document.getElementById('sound-words').textContent === '音：入'), 'sound is on');
  await heard(page);
  mock.board.arrivals = [arrival(1, { seen: false, at: iso(0) })];
  mock.push();
  await until(async () => (await heard(page)).includes(k_arrival), 'the arrival sounds');
  await pass(page, mock, 40);
  assert.deepEqual(await heard(page), []);
  await pass(page, mock, 25);
  assert.ok((await heard(page)).includes(k_arrival), 'again after a minute');
  mock.board.calls = [{ number: 1, since: iso(65), screen: 'pin', seen_by: null }];
  mock.push();
  await until(async () => (await heard(page)).includes(k_call), 'the call sounds');
  await pass(page, mock, 125);
  assert.equal((await heard(page)).filter((pitch) => pitch === k_call).length, 2 * 2, 'twice in two minutes');
  mock.board.calls[0].seen_by = '鈴木';
  mock.board.arrivals[0].seen = true;
  mock.push();
  await page.waitForSelector('text=鈴木さんが対応しています');
  await heard(page);
  await pass(page, mock, 125);
  assert.deepEqual(await heard(page), []);
});

page_test('sound is on after signing in, says so, and can be put off and on', {}, async ({ page, mock }) => {
  await page.waitForSelector('#sound >> text=音：入');
  await page.click('#sound');
  await page.waitForSelector('#sound >> text=音：切');
  await heard(page);
  mock.board.arrivals = [arrival(1, { seen: false })];
  mock.push();
  await page.waitForSelector('.arrival');
  assert.deepEqual(await heard(page), []);
  await page.click('#sound');
  await page.waitForSelector('#sound >> text=音：入');
  assert.ok((await heard(page)).includes(k_arrival), 'to hear that it works');
});

page_test('health shows each part in words and what is wrong with it', {}, async ({ page, mock }) => {
  mock.board.health.find((one) => one.part === 'camera').state = 'trouble';
  mock.board.health.find((one) => one.part === 'camera').says = 'no-picture';
  mock.board.health.find((one) => one.part === 'queue').state = 'notice';
  Object.assign(mock.board.health.find((one) => one.part === 'queue'), { says: 'waits-long', value: 720 });
  mock.push();
  await page.waitForSelector('.part.is-trouble >> text=映像が届きません');
  assert.match(await page.textContent('#health-list'), /一番古いものは12分前/);
  assert.equal(await page.locator('.part').count(), 10);
});

page_test('what staff may allow for the card that lies there is offered for that card alone', { board: () => card_there(quiet_board(), 21) }, async ({ page, mock }) => {
  await page.click('#allow summary');
  for (const [words, purpose] of [['数字キーを順番に並べる', 'ordered-keypad'], ['顔を横に向ける確認を省く', 'waive-challenge'], ['照合番号を手で入れる', 'type-number']]) {
    await page.click(`#allowances >> text=${words}`);
    await until(() => mock.calls.some((one) => one.body?.purpose === purpose), purpose);
    assert.deepEqual(mock.calls.find((one) => one.body?.purpose === purpose), {
      method: 'POST', path: '/api/allowances', body: { purpose, session: 21 } });
  }
  mock.settle(3, 'refused');
  await page.waitForSelector('#notes >> text=いまは、その操作はできません');
  mock.board.kiosk = quiet_board().kiosk;
  mock.push();
  await page.waitForSelector('#allow', { state: 'hidden' });
});

page_test('an action whose result never comes is told', { clock: true, board: () => card_there(quiet_board()) }, async ({ page, mock }) => {
  await page.click('#allow summary');
  await page.click('#allowances >> text=数字キーを順番に並べる');
  await until(() => mock.calls.length === 1, 'the call');
  await page.clock.runFor(11_000);
  await page.waitForSelector('#notes >> text=受付機の返事がまだありません');
});

page_test('what needs a hand sounds, is read out and counts, again every minute until it is gone', { clock: true, board: () => ({
  ...quiet_board(), arrivals: [arrival(1, { state: 'queued', seen: true })] }) }, async ({ page, mock }) => {
  await heard(page);
  // Somebody has seen this patient: the answer says only later that they are needed.
  mock.board.arrivals[0] = { ...mock.board.arrivals[0], state: 'problem', meaning: 'insurance ended' };
  mock.board.hands = [{ kind: 'answer', since: mock.board.arrivals[0].at, on: arrival(1).id }];
  mock.push();
  await until(async () => (await heard(page)).includes(k_call), 'it sounds');
  assert.equal(await page.textContent('#read-now'), '回答を見て、窓口で対応してください');
  assert.equal(await page.title(), '【要対応 1】受付デスク');
  await pass(page, mock, 50);
  assert.deepEqual(await heard(page), []);
  await pass(page, mock, 75);
  assert.equal((await heard(page)).filter((pitch) => pitch === k_call).length, 2 * 2, 'twice in two minutes');
  mock.board.hands = [];
  mock.push();
  await page.waitForSelector('.hand', { state: 'detached' });
  await pass(page, mock, 65);
  assert.deepEqual(await heard(page), []);
  assert.equal(await page.title(), '受付デスク');
});

page_test('each kind of hand sounds when it begins, a device does not', {}, async ({ page, mock }) => {
  for (const kind of ['card-problem', 'pin-locked', 'face-failed', 'request', 'not-saved', 'device']) {
    await heard(page);
    const before = await page.evaluate(() => window.boards);
    mock.board.hands = [{ kind, since: kind === 'device' ? null : iso(), on: kind === 'device' ? 'network' : '' }];
    mock.push();
    await until(() => page.evaluate((count) => window.boards > count, before), 'the board');
    assert.equal((await heard(page)).includes(k_call), kind !== 'device', kind);
  }
});

page_test('a reception that was not saved stays, with its time, until somebody has noticed it', { clock: true }, async ({ page, mock }) => {
  const since = iso(-4);
  mock.board.hands = [{ kind: 'not-saved', since, on: '' }];
  mock.push();
  await page.waitForSelector('.hand >> text=受け付けを保存できませんでした');
  mock.board.hands = [];
  mock.push();
  await pass(page, mock, 120);
  assert.ok((await page.textContent('.hand')).includes(`${Number(since.slice(11, 13))}:${since.slice(14, 16)}の受け付け`));
  assert.match(await page.title(), /【要対応 1】/);
  await page.click('text=確認しました');
  await page.waitForSelector('.hand', { state: 'detached' });
  assert.equal(await page.title(), '受付デスク');
  assert.equal(await page.isVisible('#summary'), false);
});

page_test('「まいります」 is not pressed where it has just moved to', { clock: true, board: () => ({
  ...quiet_board(), calls: [{ number: 1, since: iso(-9), screen: 'pin', seen_by: null }] }) }, async ({ page, mock }) => {
  const box = await page.locator('text=まいります').boundingBox();
  const tap = () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  mock.board.calls.unshift({ number: 2, since: iso(), screen: 'face', seen_by: null });
  mock.push();
  await until(async () => await page.locator('text=まいります').count() === 2, 'the second call');
  await tap();
  await page.clock.runFor(600);
  await tap();
  await until(() => mock.calls.length > 0, 'somebody comes');
  assert.deepEqual(mock.calls.map((one) => one.path), ['/api/calls/2/seen']);
});
