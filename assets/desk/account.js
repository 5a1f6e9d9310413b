// Signing in and out, and one's own password.

import { call, use_token, went_well } from './api.js';
import { close_dialog, open_dialog } from './dialogs.js';
import { el, icon, say, show } from './dom.js';
import { note } from './notes.js';
import { unlock } from './sound.js';
import { refusal_of } from './words.js';

const place = (id) => document.getElementById(id);

const k_sign_out_again_ms = 3_000;

let m_pause = 0;
let m_ending = false;  // signed out here, but the kiosk was not told yet
let m_attempt = null;  // to end the session; one at a time
let m_around_password = { before() {}, after() {} };

/// Who is signed in: the object of /session; null: nobody; undefined: the kiosk does not answer.
export async function ask_who() {
  const reply = await call('GET', '/session', undefined, { quiet: true });
  if (went_well(reply)) return accept(reply.body);
  return reply.status === 0 || reply.status >= 500 ? undefined : null;
}

function accept(who) {
  if (typeof who !== 'object' || who === null || typeof who.name !== 'string') return null;
  use_token(who.csrf);
  return { name: who.name, role: who.role === 'manager' ? 'manager' : 'desk', must_change: who.must_change === true };
}

export function set_up_sign_in(on_signed_in) {
  place('sign-in').addEventListener('submit', async (event) => {
    event.preventDefault();
    // While the tap counts as one: later the browser would keep the page silent.
    unlock();
    const send = place('sign-in-send');
    if (send.disabled) return;
    send.disabled = true;
    say(place('sign-in-refused'), '');
    // Afterwards the browser would no longer know the session that is still to be ended.
    if (m_ending && !(await end_session())) {
      send.disabled = false;
      say(place('sign-in-refused'), '前のサインアウトがまだ終わっていません。少したってから、もう一度お試しください');
      return;
    }
    m_ending = false;
    const reply = await call('POST', '/session',
      { name: place('sign-in-name').value.trim(), password: place('sign-in-password').value }, { quiet: true });
    send.disabled = false;
    const who = went_well(reply) ? accept(reply.body) : null;
    if (who) {
      place('sign-in').reset();
      on_signed_in(who);
      return;
    }
    place('sign-in-password').value = '';
    if (reply.status === 429) pause(Math.min(3600, Math.max(1, reply.retry_after || 60)));
    else say(place('sign-in-refused'), reply.status === 401 ? '名前かパスワードが違います' : refusal_of(reply));
    place('sign-in-password').focus();
  });
}

function pause(seconds) {
  clearInterval(m_pause);
  const until = performance.now() + seconds * 1000;
  const send = place('sign-in-send');
  const tick = () => {
    const left = Math.ceil((until - performance.now()) / 1000);
    send.disabled = left > 0;
    say(place('sign-in-refused'), left > 0 ? `続けて間違えたため、あと${left}秒は使えません` : 'もう一度お試しください');
    if (left <= 0) clearInterval(m_pause);
  };
  m_pause = setInterval(tick, 1000);
  tick();
}

// Whether the kiosk has ended the session, or knows none.
function end_session() {
  m_attempt ??= try_to_end().finally(() => { m_attempt = null; });
  return m_attempt;
}

async function try_to_end() {
  const ended = (reply) => went_well(reply) || reply.status === 401;
  if (ended(await call('DELETE', '/session', undefined, { quiet: true }))) return true;
  // The token may be another one by now.
  const reply = await call('GET', '/session', undefined, { quiet: true });
  if (reply.status === 401) return true;
  return went_well(reply) && accept(reply.body) !== null && ended(await call('DELETE', '/session', undefined, { quiet: true }));
}

/// Whether the kiosk has ended the session; if not it is tried again until it has, then `on_ended` runs.
export async function sign_out(on_ended) {
  m_ending = true;
  m_ending = !(await end_session());
  if (m_ending) setTimeout(() => end_later(on_ended), k_sign_out_again_ms);
  return !m_ending;
}

async function end_later(on_ended) {
  if (!m_ending) return;
  const ended = await end_session();
  // Meanwhile somebody may have signed in.
  if (!m_ending) return;
  if (!ended) {
    setTimeout(() => end_later(on_ended), k_sign_out_again_ms);
    return;
  }
  m_ending = false;
  use_token('');
  on_ended();
}

/// {before(), after()}: run around the call that changes the password, which ends what else the session has open.
export function around_password(listener) {
  m_around_password = listener;
}

/// The form for a new password; `on_done` when it is changed.
function password_form(name, on_done) {
  const field = (id, words, kind) => {
    const input = el('input', { id: `${name}-${id}`, type: 'password', autocomplete: kind, required: true, maxlength: 512 });
    return { input, parts: [el('label', { for: `${name}-${id}` }, words), input] };
  };
  const old = field('old', '今のパスワード', 'current-password');
  const fresh = field('new', '新しいパスワード（12文字以上）', 'new-password');
  const again = field('again', '新しいパスワードをもう一度', 'new-password');
  const refused = el('p.refused', { role: 'alert', id: `${name}-refused` });
  const send = el('button.primary', { type: 'submit' }, icon('check'), el('span', {}, 'パスワードを変える'));
  return el('form', {
    on: {
      submit: async (event) => {
        event.preventDefault();
        if (fresh.input.value !== again.input.value) {
          say(refused, '新しいパスワードが2つとも同じになっていません');
          return;
        }
        send.disabled = true;
        m_around_password.before();
        const reply = await call('POST', '/password', { old: old.input.value, new: fresh.input.value });
        m_around_password.after();
        send.disabled = false;
        if (went_well(reply)) {
          event.target.reset();
          on_done();
        } else if (reply.status !== 401) {
          say(refused, refusal_of(reply));
        }
      },
    },
  }, ...old.parts, ...fresh.parts, ...again.parts, refused, el('div.row', {}, send));
}

export function open_password() {
  open_dialog('password', 'パスワードの変更', [password_form('own', () => {
    close_dialog();
    note('パスワードを変えました');
  })]);
}

/// Before anything else may be done.
export function show_first_password(on_done) {
  place('first-password').replaceChildren(password_form('first', on_done));
}

export function show_view(name) {
  for (const view of ['starting-view', 'sign-in-view', 'password-view', 'desk-view']) show(place(view), view === name);
}
