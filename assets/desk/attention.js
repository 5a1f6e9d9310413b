// Nobody waits unnoticed: rings for who is new, again each minute for who waits, and counts in the window's title.

import { seconds_since } from './clock.js';
import { ring } from './sound.js';

const k_again_s = 60;

let m_known = new Set();
let m_rung_ms = 0;
let m_board = null;

const waiting_calls = (board) => board.calls.filter((call) => !call.seen_by);
const unseen_arrivals = (board) => board.arrivals.filter((arrival) => !arrival.seen);

export function counts(board) {
  return { calls: waiting_calls(board).length, arrivals: unseen_arrivals(board).length };
}

export function forget() {
  m_known = new Set();
  m_board = null;
}

function ring_now(tune) {
  m_rung_ms = performance.now();
  ring(tune);
}

/// Says which are new: {calls, arrivals}.
export function heed(board) {
  m_board = board;
  const calls = waiting_calls(board).filter((call) => !m_known.has(`call ${call.number}`));
  const arrivals = unseen_arrivals(board).filter((arrival) => !m_known.has(arrival.id));
  m_known = new Set([...board.calls.map((call) => `call ${call.number}`), ...board.arrivals.map((one) => one.id)]);
  if (calls.length) ring_now('call');
  else if (arrivals.length) ring_now('arrival');
  return { calls, arrivals };
}

/// Each second.
export function remind() {
  if (!m_board || performance.now() - m_rung_ms < k_again_s * 1000) return;
  const long = (one, since) => seconds_since(since(one)) >= k_again_s;
  if (waiting_calls(m_board).some((call) => long(call, (one) => one.since))) ring_now('call');
  else if (unseen_arrivals(m_board).some((arrival) => long(arrival, (one) => one.at))) ring_now('arrival');
}

/// While the page is cut off or nobody is signed in: nothing would be noticed.
export function remind_of_loss(first) {
  if (first || performance.now() - m_rung_ms >= k_again_s * 1000) ring_now('lost');
}

export function title_of(board, lost) {
  if (lost) return '【接続切れ】受付デスク';
  if (!board) return '受付デスク';
  const { calls, arrivals } = counts(board);
  return `${calls ? `【呼出 ${calls}】` : ''}${arrivals ? `【未確認 ${arrivals}】` : ''}受付デスク`;
}
