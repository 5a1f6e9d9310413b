// 要対応: who called, who is stuck, which answer or device needs somebody. Worst first, as the kiosk orders it.

import { act } from './actions.js';
import { show_arrival } from './arrivals.js';
import { confirm_kept, hands_with_kept } from './attention.js';
import { ago, moment_of } from './clock.js';
import { sheet_link, sheet_of, show_declaration } from './declarations.js';
import { button, el, foreign, icon, keep_list, say, show } from './dom.js';
import { hand as hand_words, meaning, part as part_words, says_of, screen, to_show, word } from './words.js';

const k_pictures = {
  'call': 'bell', 'card-problem': 'card', 'pin-locked': 'lock', 'face-failed': 'face', 'answer': 'person',
  'request': 'queue', 'not-saved': 'alert', 'declaration': 'printer', 'device': 'alert',
};

// What a hand shows, in one value: it is drawn again only when that changed.
function gather(board) {
  const called = new Set();
  const items = hands_with_kept(board).map((hand) => {
    // Of what is kept there may be several, of the rest the same one goes on.
    const item = { ...hand, key: `${hand.kind} ${(hand.kept === undefined ? hand.on : hand.since) ?? ''}` };
    if (hand.kind === 'call') {
      item.call = board.calls.find((one) => one.number === hand.on) ?? null;
      called.add(hand.on);
    }
    if (hand.kind === 'answer' || hand.kind === 'request') {
      const arrival = board.arrivals.find((one) => one.id === hand.on);
      item.arrival = arrival ? { id: arrival.id, number: arrival.number, name: arrival.name, meaning: arrival.meaning } : null;
    }
    if (hand.kind === 'declaration') {
      const form = board.declarations.find((one) => one.id === hand.on);
      item.form = form ? { id: form.id, name: form.name } : null;
    }
    if (hand.kind === 'device') item.health = board.health.find((one) => one.part === hand.on) ?? null;
    return item;
  });
  // A call that the list leaves out is shown all the same: last, where somebody is on the way.
  const left_out = board.calls.filter((call) => !called.has(call.number))
    .map((call) => ({ kind: 'call', since: call.since, on: call.number, key: `call ${call.number}`, call }));
  const keys = new Set();
  return [...left_out.filter((item) => !item.call.seen_by), ...items, ...left_out.filter((item) => item.call.seen_by)].filter((item) => !keys.has(item.key) && keys.add(item.key));
}

function draw(item, on_confirmed) {
  const urgent = item.kind === 'call' ? !item.call?.seen_by : item.kept === true;
  const foot = el('div.foot', {}, item.since ? el('span.small', { 'data-since': item.since }, ago(item.since)) : el('span'));
  if (item.kind === 'call' && item.call && !item.call.seen_by) {
    const come = button('まいります', '.primary', () =>
      act('呼び出しへの返事', 'POST', `/api/calls/${encodeURIComponent(item.call.number)}/seen`), 'check');
    come.dataset.key = 'come';
    foot.append(come);
  }
  if (item.kept) {
    const noticed = button('確認しました', '.primary', () => {
      confirm_kept(item);
      on_confirmed();
    }, 'check');
    noticed.dataset.key = 'noticed';
    foot.append(noticed);
  }
  if (item.arrival) {
    const look = button('見る', '.secondary', () => show_arrival(item.arrival.id), 'eye');
    look.dataset.key = 'look';
    foot.append(look);
  }
  if (item.form) {
    const look = button('見る', '.secondary', () => show_declaration(item.form.id), 'eye');
    look.dataset.key = 'look';
    foot.append(el('span.row', {}, look, sheet_link('開く', sheet_of(item.form))));
  }
  return el(`li.hand.${urgent ? 'call' : item.kind === 'device' ? 'device' : 'patient'}`, {},
    icon(k_pictures[item.kind] ?? 'alert'),
    el('div', {}, el('strong', {}, word(hand_words, item.kind)), ...details(item), foot));
}

function details(item) {
  if (item.call) {
    return [el('span', {}, item.call.seen_by ? foreign(`${item.call.seen_by}さんが対応しています`) :
      item.call.to_show ? word(to_show, item.call.to_show) : word(screen, item.call.screen))];
  }
  if (item.arrival) {
    return [el('span', {}, item.arrival.number ?? '', ' ', foreign(item.arrival.name ?? '氏名は照会中')),
      el('span', {}, word(meaning, item.arrival.meaning))];
  }
  if (item.form) return [foreign(item.form.name ?? '氏名が読めません')];
  if (item.kept !== undefined && item.since) return [el('span', {}, `${moment_of(item.since)}の受け付けです`)];
  if (item.kind === 'device') {
    return [el('span', {}, word(part_words, item.on), item.health ? `：${says_of(item.health)}` : '')];
  }
  return [];
}

/// `on_confirmed` when staff have confirmed one that was kept.
export function draw_hands(board, on_confirmed) {
  const items = gather(board);
  keep_list(document.getElementById('hands-list'), items, (item) => item.key, (item) => draw(item, on_confirmed));
  show(document.getElementById('no-hands'), items.length === 0);
  // A call that somebody answered needs no further hand.
  const open = items.filter((item) => !item.call?.seen_by && item.kept !== false).length;
  say(document.getElementById('hands-count'), open ? String(open) : '');
  return open;
}
