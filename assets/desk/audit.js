// 操作の記録: who did what, when and why, and whether the record is whole. For managers.

import { call, went_well } from './api.js';
import { clean } from './board.js';
import { open_dialog } from './dialogs.js';
import { el, foreign, icon } from './dom.js';
import { note } from './notes.js';
import { act as act_words, finding as finding_words, reason, refusal_of, word } from './words.js';

const k_rows = 100;
const k_most_problems = 20;

export async function open_audit() {
  const reply = await call('GET', `/api/audit?n=${k_rows}`);
  if (!went_well(reply) || typeof reply.body !== 'object' || reply.body === null) {
    if (reply.status !== 401) note(`操作の記録：${refusal_of(reply)}`, 'trouble');
    return;
  }
  const { entries, head, count, problems } = reply.body;
  open_dialog('audit', '操作の記録', [
    standing(Array.isArray(problems) ? problems : [], clean(head, 16) ?? '', Number(count) || 0),
    el('div.scroll', { tabindex: '0', role: 'region', 'aria-labelledby': 'audit-title' }, el('table', {},
      el('thead', {}, el('tr', {}, ...['番号', '時刻', 'だれが', 'したこと', '理由', '対象', 'ほか']
        .map((words) => el('th', { scope: 'col' }, words)))),
      el('tbody', {}, ...(Array.isArray(entries) ? entries.slice(0, k_rows) : []).map(row_of)))),
  ]);
}

function standing(problems, head, count) {
  if (!problems.length) {
    return el('p.good.line', { id: 'audit-standing' }, icon('check'),
      el('span', {}, `書き換えは見つかりません。${count}件、末尾の印 `, el('code', {}, head)));
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
