// What staff do goes to the kiosk here, and what became of it comes back: at once, or by a ticket on a later board.

import { call, went_well } from './api.js';
import { note } from './notes.js';
import { refusal_of, ticket as ticket_words, word } from './words.js';

const k_patience_ms = 10_000;
const k_most_waiting = 50;

const m_waiting = new Map();  // ticket → {what, timer}
let m_results = new Map();

/// Whether it was taken. `what` names it in the notes: "目視確認".
export async function act(what, method, path, body = undefined) {
  const reply = await call(method, path, body);
  if (!went_well(reply)) {
    if (reply.status !== 401) note(`${what}：${refusal_of(reply)}`, 'trouble');
    return false;
  }
  const number = reply.body?.ticket;
  if (typeof number === 'number' || typeof number === 'string') wait_for(String(number), what);
  return true;
}

function wait_for(number, what) {
  if (m_waiting.size >= k_most_waiting) return;
  const timer = setTimeout(() => {
    m_waiting.delete(number);
    note(`${what}：受付機の返事がまだありません。受付機の画面を見てください`, 'trouble');
  }, k_patience_ms);
  m_waiting.set(number, { what, timer });
  settle();
}

/// With each board.
export function heed_tickets(results) {
  m_results = results;
  settle();
}

function settle() {
  for (const [number, { what, timer }] of m_waiting) {
    const result = m_results.get(number);
    if (result === undefined) continue;
    clearTimeout(timer);
    m_waiting.delete(number);
    note(`${what}：${word(ticket_words, result)}`, result === 'done' ? 'good' : 'trouble');
  }
}

export function forget_tickets() {
  for (const { timer } of m_waiting.values()) clearTimeout(timer);
  m_waiting.clear();
  m_results = new Map();
}
