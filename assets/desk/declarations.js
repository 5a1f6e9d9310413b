// 申立書: forms that are not reconciled, of any day, newest first; who was confirmed since, and who was not.

import { act } from './actions.js';
import { moment_of } from './clock.js';
import { button, el, foreign, icon, keep_list, say, show } from './dom.js';
import { check as check_words, claim as claim_words, declared as declared_words, word } from './words.js';

const k_checks = { match: 'check', differs: 'alert', unknown: 'queue' };

export const sheet_of = (row) => `/api/arrivals/${encodeURIComponent(row.id)}/declaration`;

/// In a window of its own, which cannot reach back into this one.
export function sheet_link(words, path) {
  const link = el('a.button.secondary', { href: path, target: '_blank', rel: 'noopener' }, icon('printer'), el('span', {}, words));
  link.dataset.key = 'open-sheet';
  return link;
}

/// What the form says against what the service says; nothing for an arrival without one.
export function badges_of(row) {
  if (row.check === null) return '';
  const fields = row.differs.map((name) => word(declared_words, name)).join('、');
  const words = word(check_words, row.check) + (row.check === 'differs' && fields ? `（${fields}）` : '');
  const check = Object.hasOwn(k_checks, row.check) ? row.check : 'unknown';
  return el('p.badges', {},
    el(`span.badge.is-${check}`, {}, icon(k_checks[check]), words),
    row.claim === null || row.claim === 'current' ? '' : el('span.badge.is-claim', {}, word(claim_words, row.claim)));
}

function draw(row) {
  const reconciled = button('照合済みにする', '.secondary', () =>
    act('申立書の照合', 'POST', `/api/arrivals/${encodeURIComponent(row.id)}/reconciled`), 'check');
  reconciled.dataset.key = 'reconciled';
  return el('li.form', {},
    el('div.whose', {},
      el('time', {}, moment_of(row.at)),
      row.name === null ? el('span.name.unknown', {}, '氏名が読めません') : foreign(row.name, '.name'),
      el('span.small', {}, [row.age === null ? '' : `${row.age}歳`, row.printed ? '印刷済み' : '未印刷'].filter((one) => one).join('　'))),
    badges_of(row),
    el('div.row', {}, sheet_link('開く', sheet_of(row)), row.can.includes('reconcile') ? reconciled : ''));
}

/// After an outage staff see at a glance who still has to be confirmed: of all forms, as the kiosk counted them.
function count({ confirmed, differs, not_confirmed }, listed) {
  const cut = confirmed + not_confirmed > listed ? `（新しい${listed}件を表示）` : '';
  return `確認できた方 ${confirmed}人${differs ? `（うち相違 ${differs}人）` : ''}・未確認 ${not_confirmed}人${cut}`;
}

export function draw_declarations(board) {
  // What is not of today says its day, from midnight on, too.
  const rows = board.declarations.map((one) => ({ ...one, today: board.now.slice(0, 10) }));
  show(document.getElementById('declarations'), rows.length > 0);
  keep_list(document.getElementById('declarations-list'), rows, (row) => row.id, draw);
  say(document.getElementById('declarations-count'), rows.length ? count(board.declared, rows.length) : '');
}

/// Brings a form before staff's eyes.
export function show_declaration(id) {
  const row = [...document.getElementById('declarations-list').children].find((one) => one.dataset.id === id);
  row?.scrollIntoView({ block: 'center' });
  row?.querySelector('a, button')?.focus({ preventScroll: true });
}
