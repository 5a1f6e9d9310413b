// 「顔認証付きカードリーダー操作」: what the kiosk is doing, and what staff can do to it.

import { act } from './actions.js';
import { ago, countdown, clock_of, seconds_since } from './clock.js';
import { ask_line } from './dialogs.js';
import { button, el, foreign, icon, say, show } from './dom.js';
import { note } from './notes.js';
import { open_check, why_no_check } from './visual.js';
import { allowance as allowance_words, face as face_words, method, reason, screen_of, word } from './words.js';

let m_board = null;
let m_who = null;
let m_drawn = '';
let m_session = null;

const place = (id) => document.getElementById(id);

export function draw_operate(board, who) {
  const armed_before = m_board?.kiosk.visual;
  const { kiosk, policy } = board;
  m_board = board;
  m_who = who;
  // Left its time without a card that used it.
  if (armed_before && !kiosk.visual && seconds_since(armed_before.until) >= -1 && kiosk.identified !== 'visual') {
    note('目視確認の時間が過ぎました。必要なら、もう一度確認してください', 'notice');
  }
  // Whose until or reason did not change, is not drawn again.
  const signature = JSON.stringify([kiosk, policy, who]);
  if (signature === m_drawn) return;
  m_drawn = signature;
  say(place('kiosk-screen'), screen_of(kiosk));
  place('kiosk-since').dataset.since = kiosk.since ?? '';
  place('kiosk-card').replaceChildren(...card_lines(kiosk).map((line) => el('li', {}, line)));
  const check = place('open-check');
  const why = why_no_check(board);
  check.disabled = why !== '';
  show(check, kiosk.visual === null);
  say(place('no-check'), why);
  show(place('no-check'), why !== '' && kiosk.visual === null);
  place('armed').replaceChildren(...(kiosk.visual ? armed(kiosk.visual) : []));
  place('stopped').replaceChildren(...(kiosk.stopped ? stopped(kiosk.stopped, who) : []));
  const allowed = allowances(kiosk);
  place('allowances').replaceChildren(...allowed);
  show(place('allow'), allowed.length > 0);
  if (kiosk.session !== m_session) place('allow').open = false;
  m_session = kiosk.session;
  show(place('stop-reception'), who.role === 'manager' && kiosk.stopped === null);
  tick_operate();
}

function card_lines(kiosk) {
  if (kiosk.session === null) return [];
  const lines = [];
  if (kiosk.identified) lines.push(`本人確認：${word(method, kiosk.identified)}で済み`);
  else {
    if (kiosk.face) lines.push(word(face_words, kiosk.face));
    if (kiosk.pin_tries !== null) lines.push(kiosk.pin_tries > 0 ? `暗証番号：あと${kiosk.pin_tries}回` : '暗証番号：ロック');
  }
  return lines;
}

function armed(visual) {
  return [
    el('p', {}, icon('eye'), el('strong', {}, '目視確認の準備ができています')),
    el('p', {}, 'カードを置いてもらってください。1人だけに使えます。'),
    el('p.small', {}, '確認した人：', foreign(visual.by), visual.reason ? `（${word(reason, visual.reason)}）` : ''),
    el('div.row', {}, el('span.countdown', { id: 'check-left', role: 'timer', 'data-until': visual.until }),
      button('取り消す', '.secondary', async (event) => {
        event.currentTarget.disabled = true;
        await act('目視確認の取り消し', 'DELETE', '/api/visual-checks');
        if (place('armed').firstChild) m_drawn = '';
      })),
  ];
}

function stopped(stop, who) {
  return [
    el('p', {}, icon('stop'), el('strong', {}, '受付を止めています')),
    stop.message ? el('p', {}, foreign(`「${stop.message}」`)) : '',
    el('p.small', {}, foreign(stop.by), `　${clock_of(stop.since)}から`),
    who.role === 'manager' ?
      button('受付を再開する', '.primary', () => act('受付の再開', 'DELETE', '/api/reception-stop'), 'check') :
      el('p.small', {}, '再開できるのは責任者です'),
  ];
}

function allowances(kiosk) {
  if (kiosk.session === null) return [];
  return kiosk.allow.filter((name) => Object.hasOwn(allowance_words, name)).map((name) =>
    button(allowance_words[name], '.secondary', () =>
      act(allowance_words[name], 'POST', '/api/allowances', { purpose: name, session: kiosk.session }), 'key'));
}

/// Each second.
export function tick_operate() {
  if (!m_board) return;
  say(place('kiosk-since'), m_board.kiosk.since ? ago(m_board.kiosk.since) : '');
  const left = place('check-left');
  if (left) say(left, `あと ${countdown(-seconds_since(left.dataset.until))}`);
}

export function set_up_operate() {
  place('open-check').addEventListener('click', () => m_board && open_check(m_board, m_who));
  place('stop-reception').addEventListener('click', () => ask_line('stop', '受付を止める',
    'いまの患者さんの受付が終わってから止まります。下の言葉は受付機の画面に出て、どなたにも見えます。'
      + '氏名などは書かないでください。',
    '患者さんへの言葉（なくてもかまいません）', 120, '受付を止める', false,
    (message) => act('受付の停止', 'PUT', '/api/reception-stop', { message })));
}

export function forget_operate() {
  m_board = null;
  m_drawn = '';
}
