// Today's arrivals, newest first. Only rows that changed are drawn again.

import { act } from './actions.js';
import { clock_of } from './clock.js';
import { badges_of, sheet_link, sheet_of } from './declarations.js';
import { open_details } from './detail.js';
import { ask_line } from './dialogs.js';
import { button, el, foreign, icon, keep_list, say, show } from './dom.js';
import { declaration as declaration_words, meaning, method, remark, state as state_words, word } from './words.js';

const k_methods = { face: 'face', pin: 'key', visual: 'eye', declaration: 'printer' };
const k_states = { 'confirmed': 'check', 'queued': 'queue', 'problem': 'alert', 'set-aside': 'folder' };

// Characters: the kiosk takes 200 bytes.
const k_longest_why = 60;

let m_open = new Map();  // id → whether its further actions are shown, where somebody chose
let m_arrivals = [];

export function draw_arrivals(arrivals) {
  m_arrivals = arrivals;
  const here = new Set(arrivals.map((one) => one.id));
  for (const id of m_open.keys()) if (!here.has(id)) m_open.delete(id);
  const rows = arrivals.map((one) => ({ ...one, open: m_open.get(one.id) ?? one.state === 'problem' }));
  keep_list(document.getElementById('arrivals-list'), rows, (row) => row.id, draw);
  show(document.getElementById('no-arrivals'), rows.length === 0);
  const unseen = arrivals.filter((one) => !one.seen).length;
  say(document.getElementById('arrivals-count'), `${arrivals.length}人`);
  say(document.getElementById('unseen-count'), unseen ? `未確認 ${unseen}人` : '');
}

/// Brings a row before staff's eyes.
export function show_arrival(id) {
  m_open.set(id, true);
  draw_arrivals(m_arrivals);
  const row = [...document.getElementById('arrivals-list').children].find((one) => one.dataset.id === id);
  row?.scrollIntoView({ block: 'center' });
  row?.querySelector('button')?.focus({ preventScroll: true });
}

export function forget_arrivals() {
  m_open = new Map();
  draw_arrivals([]);
}

const path_of = (row, what) => `/api/arrivals/${encodeURIComponent(row.id)}${what}`;

function keyed(element, key) {
  element.dataset.key = key;
  return element;
}

function draw(row) {
  const known = row.name !== null;
  const state = Object.hasOwn(k_states, row.state) ? row.state : 'unknown';
  return el(`li.arrival.is-${state}${row.seen ? '' : '.unseen'}`, {},
    el('div.who', {},
      el('time', {}, clock_of(row.at)),
      el('div.person', {},
        known ? keyed(el('button.name', { type: 'button', title: '氏名などを表示', on: { click: () => open_details(row) } },
          foreign(row.name)), 'name') : el('span.name.unknown', {}, '氏名は照会中'),
        el('span.age', {}, row.age === null ? '' : `${row.age}歳`))),
    el('div.how', {},
      el('div.standing', {},
        el('span.state', {}, icon(k_states[row.state] ?? 'alert'), word(state_words, row.state)),
        el('span.method', {}, icon(k_methods[row.method] ?? 'person'), word(method, row.method))),
      row.seen ? '' : keyed(button('来院を確認', '.primary', () =>
        act('来院の確認', 'POST', path_of(row, '/seen')), 'eye'), 'seen')),
    ...words_of(row), ...further(row));
}

function words_of(row) {
  const quiet = row.meaning === null || row.meaning === 'confirmed';
  const waits = row.state === 'queued' && row.waits_until ? `次の送信 ${clock_of(row.waits_until)}` : '';
  const tries = row.state !== 'confirmed' && row.attempts > 1 ? `送信 ${row.attempts}回` : '';
  const papers = row.declaration ? word(declaration_words, row.declaration) : '';
  const small = [waits, tries, papers].filter((one) => one);
  return [
    quiet ? '' : el('p.meaning', {}, row.number ? el('span.number', {}, row.number) : '', word(meaning, row.meaning)),
    row.remarks.length ? el('ul.remarks', {}, ...row.remarks.map((name) =>
      el('li', {}, icon('alert'), word(remark, name)))) : '',
    badges_of(row),
    small.length ? el('p.small', {}, small.join('　')) : '',
  ];
}

function further(row) {
  const actions = [];
  if (row.can.includes('retry')) {
    actions.push(keyed(button('送り直す', '.secondary', () =>
      act('送り直し', 'POST', path_of(row, '/retry')), 'retry'), 'retry'));
  }
  if (row.can.includes('set-aside')) actions.push(keyed(button('対応済みにする', '.secondary', () => set_aside(row), 'folder'), 'aside'));
  if (row.can.includes('declare') || row.declaration) {
    actions.push(sheet_link('申立書を開く', sheet_of(row)));
    actions.push(keyed(el('a.button.secondary', { href: `${sheet_of(row)}?save=1`, download: 'declaration.pdf' },
      icon('save'), el('span', {}, '申立書を保存')), 'save'));
  }
  if (row.can.includes('declare') && !row.declaration) {
    actions.push(keyed(button('申立書を受け取った', '.secondary', () =>
      act('申立書の受け取り', 'POST', path_of(row, '/declaration')), 'check'), 'made'));
  }
  if (row.can.includes('reconcile')) {
    actions.push(keyed(button('申立書を照合した', '.secondary', () =>
      act('申立書の照合', 'POST', path_of(row, '/reconciled')), 'check'), 'reconcile'));
  }
  if (!actions.length) return [];
  const place = `more-${row.id}`;
  const toggle = keyed(el('button.quiet.toggle', {
    type: 'button', 'aria-expanded': String(row.open), 'aria-controls': place,
    on: {
      click: () => {
        m_open.set(row.id, !row.open);
        draw_arrivals(m_arrivals);
      },
    },
  }, icon('more'), el('span', {}, '手続き')), 'more');
  return [el('div.more', {}, toggle, row.open ? el('div.row', { id: place }, ...actions) : '')];
}

function set_aside(row) {
  ask_line('set-aside', '対応済みにする', 'ほかの方法で対応したときに使います。理由は操作の記録に残りますので、氏名などは書かないでください。', '理由（60文字まで）', k_longest_why,
    '対応済みにする', true, (why) => act('対応済み', 'POST', path_of(row, '/set-aside'), { why }));
}
