// The page as a whole: who is signed in, the live board, what is shown when.

import { around_password, ask_who, open_password, set_up_sign_in, show_first_password, show_view, sign_out } from './account.js';
import { forget_tickets, heed_tickets } from './actions.js';
import { on_session_over, use_token } from './api.js';
import { draw_arrivals, forget_arrivals } from './arrivals.js';
import { counts, forget, heed, remind, remind_of_loss, title_of } from './attention.js';
import { open_audit } from './audit.js';
import { read_board } from './board.js';
import { ago, clock_now, clock_of, heard_now } from './clock.js';
import { draw_declarations } from './declarations.js';
import { close_dialog } from './dialogs.js';
import { draw_marking_moves, ignore_hasty_presses, say, show } from './dom.js';
import { draw_hands } from './hands.js';
import { draw_health } from './health.js';
import { clear_notes, note, read_out } from './notes.js';
import { draw_operate, forget_operate, set_up_operate, tick_operate } from './operate.js';
import { on_sound_changed, sound_state, toggle, unlock } from './sound.js';
import { Stream } from './stream.js';
import { heed_check } from './visual.js';
import { hand as hand_words, role, word } from './words.js';

const place = (id) => document.getElementById(id);
const k_sound_words = { on: '音：入', off: '音：切', locked: '音を鳴らす' };

let m_who = null;
let m_board = null;
let m_lost = false;
let m_unnoticed = false;  // nobody is signed in although somebody was
let m_garbage = 0;

const m_stream = new Stream('/events', '/favicon.svg', async () => {
  const who = await ask_who();
  return who === null ? 'over' : 'unknown';
}, { board: take_board, lost: () => set_lost(true), found: () => set_lost(false), over: session_over });

function take_board(text) {
  const board = read_board(text);
  if (!board) {
    if (m_garbage++ === 0) note('受付機から読めない知らせが届きました。前の表示のままです', 'trouble');
    return false;
  }
  m_garbage = 0;
  m_board = board;
  heard_now(board.now);
  draw_operate(board, m_who);
  draw_marking_moves([place('hands-list'), place('declarations-list'), place('arrivals-list')], () => {
    draw_hands_and_summary();
    draw_declarations(board);
    draw_arrivals(board.arrivals);
  });
  draw_health(board.health);
  heed_check(board);
  heed_tickets(board.tickets);
  announce(heed(board));
  tick();
  return true;
}

function draw_hands_and_summary() {
  if (!m_board) return;
  const hands = draw_hands(m_board, () => {
    draw_hands_and_summary();
    tick();
  });
  const { calls } = counts(m_board);
  show(place('summary'), hands > 0);
  place('summary').classList.toggle('call', calls > 0);
  say(place('summary-words'), calls ? `呼び出し ${calls}件` : `要対応 ${hands}件`);
}

function announce({ calls, hands, arrivals }) {
  const kinds = [...(calls.length ? ['call'] : []), ...hands.map((hand) => hand.kind)];
  if (kinds.length) read_out([...new Set(kinds)].map((kind) => word(hand_words, kind)).join('。'), true);
  if (arrivals.length) read_out(arrivals.length === 1 ? '1人が来院しました' : `${arrivals.length}人が来院しました`);
}

function set_lost(lost) {
  m_lost = lost;
  place('desk-view').classList.toggle('stale', lost);
  place('board').inert = lost;
  show(place('lost'), lost);
  if (lost) show(place('summary'), false);
  if (lost) {
    close_dialog();
    say(place('lost-words'), m_board ? `${clock_of(m_board.now)}より後のことは表示されていません。受付機の画面と待合を見てください。` :
      '受付機の画面と待合を見てください。');
    remind_of_loss(true);
  } else {
    read_out('受付機とつながりました');
  }
  tick();
}

function tick() {
  document.title = m_who ? title_of(m_board, m_lost) : m_unnoticed ? '【サインインしてください】受付デスク' : '受付デスク';
  if (!m_who || !m_board) {
    if (m_unnoticed) remind_of_loss(false);
    return;
  }
  say(place('link'), m_lost ? '接続切れ' : '接続中');
  say(place('clock'), m_lost ? '--:--' : clock_now(m_board.now));
  if (m_lost) {
    remind_of_loss(false);
    return;
  }
  tick_operate();
  for (const one of document.querySelectorAll('#hands-list [data-since]')) say(one, ago(one.dataset.since));
  remind();
}

function draw_sound() {
  const state = sound_state();
  place('sound').className = `sound is-${state}`;
  place('sound').setAttribute('aria-pressed', String(state === 'on'));
  say(place('sound-words'), k_sound_words[state]);
}

function enter(who) {
  m_who = who;
  m_unnoticed = false;
  if (who.must_change) {
    show_view('password-view');
    show_first_password(async () => {
      const now = await ask_who();
      if (now && !now.must_change) enter(now);
      else leave('パスワードを変えました。新しいパスワードでサインインしてください。');
    });
    place('first-old')?.focus();
    return;
  }
  say(place('who'), who.name);
  say(place('role'), role[who.role]);
  for (const one of document.querySelectorAll('[data-role]')) show(one, one.dataset.role === who.role);
  show_view('desk-view');
  draw_sound();
  m_stream.start();
  place('open-check').focus({ preventScroll: true });
}

/// Back to the sign-in, and nothing of the board is left.
function leave(words) {
  m_stream.stop();
  m_who = null;
  m_board = null;
  m_lost = false;
  use_token('');
  close_dialog();
  clear_notes();
  forget();
  forget_tickets();
  forget_operate();
  forget_arrivals();
  show(place('declarations'), false);
  for (const id of ['hands-list', 'declarations-list', 'declarations-count', 'health-list', 'armed', 'stopped', 'allowances', 'kiosk-card', 'first-password']) {
    place(id).replaceChildren();
  }
  place('desk-view').classList.remove('stale');
  place('board').inert = false;
  show(place('lost'), false);
  show(place('summary'), false);
  place('menu').open = false;
  say(place('signed-out'), words);
  show(place('signed-out'), words !== '');
  show_view('sign-in-view');
  place('sign-in-name').focus();
  tick();
}

function session_over() {
  if (!m_who) return;
  m_unnoticed = true;
  remind_of_loss(true);
  leave('サインインの期限が切れたか、ほかで終了されました。もう一度サインインしてください。それまで来院や呼び出しは表示されません。');
}

function set_up_menu() {
  const menu = place('menu');
  const on = (id, action) => place(id).addEventListener('click', () => {
    menu.open = false;
    action();
  });
  on('menu-password', open_password);
  on('menu-audit', open_audit);
  on('menu-blank', () => {});
  on('menu-export', () => {});
  on('menu-sign-out', async () => {
    const done = () => m_who || say(place('signed-out'), 'サインアウトしました。');
    const ending = sign_out(done);
    // Gone from the page at once, whatever the kiosk answers.
    leave('サインアウトしています。');
    if (await ending) done();
    else if (!m_who) {
      say(place('signed-out'), '受付機につながらず、サインアウトがまだ終わっていません。終わるまで自動で繰り返しますので、このページを閉じないでください。');
    }
  });
  document.addEventListener('click', (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}

async function start() {
  set_up_menu();
  set_up_operate();
  set_up_sign_in(enter);
  on_session_over(session_over);
  // A new password cuts the stream: that is no loss.
  around_password({ before: () => m_stream.pause(), after: () => m_stream.resume() });
  for (const list of ['hands-list', 'declarations-list', 'arrivals-list']) ignore_hasty_presses(place(list));
  on_sound_changed(draw_sound);
  place('sound').addEventListener('click', toggle);
  // Any touch will do, where the browser waits for one.
  document.addEventListener('click', (event) => {
    if (m_who && sound_state() === 'locked' && !place('sound').contains(event.target)) unlock();
  }, true);
  place('summary').addEventListener('click', () => {
    place('hands').scrollIntoView({ block: 'start' });
    place('hands-list').querySelector('button')?.focus();
  });
  setInterval(tick, 1000);
  let who = await ask_who();
  while (who === undefined) {
    say(place('starting-words'), '受付機につながりません。つながるまでお待ちください。');
    await new Promise((done) => setTimeout(done, 3000));
    who = await ask_who();
  }
  if (who) enter(who);
  else leave('');
}

start();
