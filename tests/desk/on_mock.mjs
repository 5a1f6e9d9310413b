// A test of the page before the played kiosk: fresh kiosk, fresh page, and no complaint of the browser at its end.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { close_browser, give_back, open_browser, open_page, sign_in, sign_in_as_manager, until } from './browser.mjs';
import { quiet_board } from './mock/boards.mjs';
import { Mock } from './mock/server.mjs';

export function with_browser() {
  before(open_browser);
  after(close_browser);
}

/// Time on the page's clock, in which the kiosk sends its boards as it does.
export async function pass(page, mock, seconds) {
  for (let left = seconds; left > 0; left -= 5) {
    const step = Math.min(5, left);
    await page.clock.runFor(step * 1000);
    mock.ahead_s += step;
    const heard = await page.evaluate(() => window.boards);
    mock.push();
    await until(() => page.evaluate((before) => window.boards > before, heard), 'the board');
  }
}

/// `body({page, mock})`; signed in as `as` ('desk', 'manager', null) before a `board`.
export function page_test(sentence, { as = 'desk', board = quiet_board, ...options }, body) {
  test(sentence, { timeout: 30_000 }, async () => {
    const mock = new Mock();
    mock.board = board();
    mock.beats = !options.clock;
    await mock.start();
    const page = await open_page(mock.url, options);
    try {
      if (as === 'desk') await sign_in(page);
      if (as === 'manager') await sign_in_as_manager(page);
      if (as) await page.waitForFunction(() => document.getElementById('clock').textContent !== '');
      // From here on time passes only as the test says, however slow the machine is.
      if (options.clock && as) await page.clock.pauseAt(await page.evaluate(() => Date.now()) + 1_000);
      await body({ page, mock });
      assert.deepEqual(page.complaints, []);
    } finally {
      await give_back(page);
      await mock.stop();
    }
  });
}
