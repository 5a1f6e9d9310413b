// 目視確認: who is before staff, is the same as on the card. One tap on the reason ticks it for one patient.

import { act } from './actions.js';
import { call, went_well } from './api.js';
import { open_dialog } from './dialogs.js';
import { el, icon, say, show } from './dom.js';
import { reason as reason_words } from './words.js';

const k_rest_ms = 1_000;

let m_check = null;  // the open check: {session, …}

/// Why nothing can be confirmed now; empty: it can, for the card that lies there, else for the next one that is laid.
export function why_no_check({ kiosk, policy }) {
  if (!policy.visual) return 'この受付機では、目視確認を使わない設定です';
  if (kiosk.allow.includes('visual')) return '';
  if (kiosk.stopped && kiosk.session === null) return '受付を止めているあいだは、目視確認は使えません';
  if (kiosk.identified) return 'いまのカードは本人確認が済んでいます。カードが取られると、次の患者さんに使えます';
  return 'いまのカードには使えません。カードが取られると、次の患者さんに使えます';
}

export function open_check(board, who) {
  if (why_no_check(board)) return;
  const photo = el('img', { alt: 'カードのICチップの顔写真', id: 'card-photo', hidden: true });
  const printed = el('p.printed', {}, icon('card'), el('span', {}, 'カードの表の顔写真を見てください'));
  const target = el('p.target', { id: 'check-target' });
  const changed = el('p.caution.line', { role: 'alert', hidden: true, id: 'check-changed' });
  const again = el('button.secondary', { type: 'button', hidden: true, on: { click: () => look_again() } },
    'もう一度見比べました');
  const ticks = Object.entries(reason_words).map(([name, words]) =>
    el('button.tick', { type: 'button', 'data-reason': name, on: { click: () => tick(name) } },
      icon('check'), el('strong', {}, '目視で本人確認完了'), el('span', {}, words)));
  const { close } = open_dialog('visual-check', '目視確認', [
    el('p.caution.line', {}, icon('person'),
      el('span', {}, el('strong', {}, 'ご本人が来られていない場合は使えません。'),
        '窓口で、ご本人の顔とカードの顔写真を見比べてください。')),
    el('div.compare', {}, el('div.photo', {}, photo, printed),
      el('div', {}, target, el('p', {}, '確認する人：', el('strong', { id: 'check-who' }, el('bdi', {}, who.name))))),
    changed, again,
    el('p.lead', { id: 'check-lead' }, '同じ人なら、理由を選んでください。選ぶと、この患者さん1人だけに使えます。'),
    el('div.ticks', { role: 'group', 'aria-labelledby': 'check-lead' }, ...ticks),
  ], () => {
    drop_photo(photo);
    clearTimeout(m_check?.timer);
    m_check = null;
  });
  m_check = { session: board.kiosk.session, board, photo, printed, target, changed, again, ticks, close, timer: 0, rest: false, why: '' };
  draw_target();
  fetch_photo();
  ticks[0].focus();
}

/// With each board: the check must never be for another card than the one that was looked at.
export function heed_check(board) {
  if (!m_check) return;
  const { session: before, why: why_before } = m_check;
  const now = board.kiosk.session;
  const why = why_no_check(board);
  m_check.board = board;
  if (before === now && why === why_before) {
    if (m_check.photo.hidden) fetch_photo();
    return;
  }
  m_check.session = now;
  m_check.why = why;
  drop_photo(m_check.photo);
  show(m_check.printed, true);
  draw_target();
  fetch_photo();
  rest(before !== null || why_before !== '');
}

// A card laid meanwhile is the usual case: the buttons only rest, so that no tap that was under way lands on it. A card
// that was taken or replaced must be looked at again, and where nothing can be confirmed, that is waited for first.
function rest(look) {
  const { why } = m_check;
  say(m_check.changed, why ? `${why}。` :
    look ? 'カードが替わったか、取られました。もう一度見比べてください。' : 'カードが置かれました。');
  show(m_check.changed, true);
  show(m_check.again, look && !why);
  clearTimeout(m_check.timer);
  m_check.rest = true;
  enable();
  if (!look && !why) m_check.timer = setTimeout(() => look_again(), k_rest_ms);
}

function look_again() {
  if (!m_check) return;
  m_check.rest = false;
  show(m_check.changed, false);
  show(m_check.again, false);
  enable();
}

function enable() {
  for (const one of m_check.ticks) one.disabled = m_check.rest;
}

function draw_target() {
  show(m_check.target, m_check.why === '');
  say(m_check.target, m_check.session === null ? '次に置かれるカード1枚に使います' : 'いま置かれているカードに使います');
}

async function fetch_photo() {
  const check = m_check;
  if (!check || check.session === null || check.why || !check.board.kiosk.photo || check.asked === check.session) return;
  check.asked = check.session;
  const session = check.session;
  const reply = await call('GET', `/api/card-photo?session=${session}`, undefined, { as: 'blob' });
  if (m_check !== check || check.session !== session || !went_well(reply) || !(reply.body instanceof Blob)) return;
  const url = URL.createObjectURL(reply.body);
  const forget = () => URL.revokeObjectURL(url);
  check.photo.onload = () => {
    forget();
    if (m_check !== check || check.session !== session) return;
    show(check.photo, true);
    show(check.printed, false);
  };
  check.photo.onerror = forget;
  check.photo.src = url;
}

function drop_photo(photo) {
  photo.removeAttribute('src');
  show(photo, false);
  if (m_check) m_check.asked = undefined;
}

async function tick(name) {
  const check = m_check;
  if (!check || check.rest || check.sent) return;
  check.sent = true;
  for (const one of check.ticks) one.disabled = true;
  const taken = await act('目視確認', 'POST', '/api/visual-checks',
    { reason: name, session: check.session, confirmed: true });
  if (m_check !== check) return;
  check.sent = false;
  if (taken) check.close();
  else enable();
}
