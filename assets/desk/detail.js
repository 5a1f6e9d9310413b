// A patient's full name and insurance, for as long as somebody reads it: gone by itself after half a minute.

import { call, went_well } from './api.js';
import { open_dialog } from './dialogs.js';
import { el, foreign, say } from './dom.js';
import { note } from './notes.js';
import { clean } from './board.js';
import { clock_of } from './clock.js';
import { fields, refusal_of, sex, word } from './words.js';

const k_stay_s = 30;

export async function open_details(row) {
  const reply = await call('GET', `/api/arrivals/${encodeURIComponent(row.id)}`);
  if (!went_well(reply) || typeof reply.body !== 'object' || reply.body === null) {
    if (reply.status !== 401) note(`氏名など：${refusal_of(reply)}`, 'trouble');
    return;
  }
  const left = el('p.small', { role: 'timer', id: 'details-left' });
  let timer = 0;
  const dialog = open_dialog('details', `${clock_of(row.at)}に来院`,
    [el('dl', {}, ...lines_of(reply.body)), left], () => clearInterval(timer));
  const until = performance.now() + k_stay_s * 1000;
  const tick = () => {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    say(left, `あと${Math.max(0, seconds)}秒で閉じます`);
    if (seconds <= 0) dialog.close();
  };
  timer = setInterval(tick, 500);
  tick();
}

function lines_of(details) {
  return fields.flatMap(([name, words]) => {
    const value = details[name];
    if (value === null || value === undefined || value === '') return [];
    const text = clean(String(value)) ?? '';
    return [el('dt', {}, words), el('dd', {}, foreign(said(name, text), name === 'name' ? '.large' : ''))];
  });
}

function said(name, text) {
  const day = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text);
  if (day && /birth_date|valid_/.test(name)) return `${day[1]}年${Number(day[2])}月${Number(day[3])}日`;
  if (name === 'sex') return word(sex, text);
  if (name === 'age') return `${text}歳`;
  if (name === 'ratio') return /^\d+$/.test(text) ? `${text}割`.replace(/^0*(\d)0割$/, '$1割').replace(/^0+(?=\d)/, '') : text;
  if (name === 'answer_read_at') return clock_of(text) || text;
  return text;
}
