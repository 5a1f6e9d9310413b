// 操作の記録: who did what, when and why, and whether the record is whole. For managers.

import { call, went_well } from './api.js';
import { clean } from './board.js';
import { open_dialog } from './dialogs.js';
import { el, foreign, icon } from './dom.js';
import { note } from './notes.js';
import { act as act_words, finding as finding_words, reason, refusal_of, word } from './words.js';

const k_rows = 100;
const k_most_problems = 20;
const k_again_ms = 1_000;
const k_most_again = 5;

export async function open_audit() {
  const reply = await ask();
  if (!reply) return;
  const place = el('div', { role: 'status' });
  let timer = 0;
  let open = true;
  let asked = 0;
  // The kiosk looks through a long record beside its work: what is not known yet is asked for again.
  const look = (body) => {
    const known = reading_of(body);
    const wait = !known.problems.length && !known.whole && asked < k_most_again;
    place.replaceChildren(standing(known, wait));
    if (!wait) return;
    timer = setTimeout(async () => {
      ++asked;
      const next = await ask();
      if (open && next) look(next);
      else if (open) place.replaceChildren(standing(known, false));
    }, k_again_ms);
  };
  look(reply);
  open_dialog('audit', '操作の記録', [place, table_of(reply.entries)], () => {
    open = false;
    clearTimeout(timer);
  });
}

/// The kiosk's answer; null: it was told why there is none.
async function ask() {
  const reply = await call('GET', `/api/audit?n=${k_rows}`);
  if (went_well(reply) && typeof reply.body === 'object' && reply.body !== null) return reply.body;
  if (reply.status !== 401) note(`操作の記録：${refusal_of(reply)}`, 'trouble');
  return null;
}

function reading_of({ head, count, checked, verified, problems }) {
  const looked = Number.isInteger(checked) && checked > 0 ? checked : 0;
  return { problems: Array.isArray(problems) ? problems : [], head: clean(head, 16) ?? '', checked: looked,
    whole: verified === true && Number.isInteger(count) && looked >= count };
}

function table_of(entries) {
  return el('div.scroll', { tabindex: '0', role: 'region', 'aria-labelledby': 'audit-title' }, el('table', {},
    el('thead', {}, el('tr', {}, ...['番号', '時刻', 'だれが', 'したこと', '理由', '対象', 'ほか']
      .map((words) => el('th', { scope: 'col' }, words)))),
    el('tbody', {}, ...(Array.isArray(entries) ? entries.slice(0, k_rows) : []).map(row_of))));
}

function standing({ problems, head, checked, whole }, wait) {
  if (!problems.length && !whole) {
    return el('p.caution.line', { id: 'audit-standing' }, icon('clock'),
      el('span', {}, wait ? '記録に書き換えがないか、調べています。' : '記録をまだ調べ終えていません。少したってから、もう一度開いてください。',
        checked ? `${checked}件まで調べました。` : ''));
  }
  if (!problems.length) {
    return el('p.good.line', { id: 'audit-standing' }, icon('check'),
      el('span', {}, `書き換えは見つかりません。${checked}件まで調べました。末尾の印 `, el('code', {}, head)));
  }
  return el('div.trouble.line', { id: 'audit-standing', role: 'alert' }, icon('alert'),
    el('div', {}, el('strong', {}, '記録に不審な点があります。担当者に連絡してください。'),
      el('ul', {}, ...problems.slice(0, k_most_problems).map((one) => el('li', {}, problem_words(one))))));
}

function problem_words(one) {
  if (typeof one === 'string') return word(finding_words, clean(one));
  const line = Number.isInteger(one?.line) && one.line > 0 ? `（${one.line}行目）` : '';
  return `${word(finding_words, clean(one?.finding) ?? clean(one?.says) ?? '')}${line}`;
}

function row_of(entry) {
  const at = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(clean(entry?.at) ?? '');
  const cell = (value) => el('td', {}, foreign(clean(value) ?? ''));
  return el('tr', {}, el('td', {}, String(Number(entry?.n) || '')),
    el('td', {}, at ? `${Number(at[2])}/${Number(at[3])} ${at[4]}` : ''), cell(entry?.who),
    cell(word(act_words, clean(entry?.what))), cell(word(reason, clean(entry?.why))), cell(entry?.on), cell(entry?.more));
}
