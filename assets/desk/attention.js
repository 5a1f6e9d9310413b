// Nobody waits unnoticed: rings for who is new, again each minute for who waits, and counts in the window's title.

import { seconds_since } from './clock.js';
import { ring } from './sound.js';

const k_again_s = 60;

let m_known = new Set();
let m_rung_ms = 0;         // for whatever it was
let m_rung_urgent_ms = 0;  // for a call or for what needs a hand
let m_board = null;
let m_kept = new Map();    // key of a hand that stays until somebody confirms it → {hand, confirmed}

const key_of_call = (number) => `call ${number}`;
const key_of_hand = (hand) => `${hand.kind} ${hand.on ?? ''} ${hand.since ?? ''}`;
const waiting_calls = (board) => board.calls.filter((call) => !call.seen_by);
const unseen_arrivals = (board) => board.arrivals.filter((arrival) => !arrival.seen);

/// What the board lists, and what is kept although the kiosk shows something else by now.
export function hands_with_kept(board) {
  for (const hand of board.hands) {
    if (hand.kind === 'not-saved' && !m_kept.has(key_of_hand(hand))) m_kept.set(key_of_hand(hand), { hand, confirmed: false });
  }
  const here = new Set(board.hands.map(key_of_hand));
  for (const [key, { confirmed }] of m_kept) if (confirmed && !here.has(key)) m_kept.delete(key);
  const gone = [...m_kept].filter(([key]) => !here.has(key)).map(([, { hand }]) => hand);
  const marked = (hand) => (m_kept.has(key_of_hand(hand)) ? { ...hand, kept: !m_kept.get(key_of_hand(hand)).confirmed } : hand);
  return [...gone, ...board.hands].map(marked);
}

/// Somebody has noticed a hand that was kept.
export function confirm_kept(hand) {
  const kept = m_kept.get(key_of_hand(hand));
  if (kept) kept.confirmed = true;
}

// Calls are told by themselves, devices by how they look.
function waiting_hands(board) {
  const calls = new Set(board.calls.map((call) => call.number));
  return hands_with_kept(board).filter((hand) => hand.kind !== 'device' && hand.kept !== false &&
    !(hand.kind === 'call' && calls.has(hand.on)));
}

export function counts(board) {
  return { calls: waiting_calls(board).length, hands: waiting_hands(board).length, arrivals: unseen_arrivals(board).length };
}

// What somebody still has to confirm is kept: it names no patient.
export function forget() {
  m_known = new Set();
  m_board = null;
}

function ring_now(tune) {
  m_rung_ms = performance.now();
  if (tune === 'call') m_rung_urgent_ms = m_rung_ms;
  ring(tune);
}

/// Says which are new: {calls, hands, arrivals}.
export function heed(board) {
  m_board = board;
  const all_hands = waiting_hands(board);
  const calls = waiting_calls(board).filter((call) => !m_known.has(key_of_call(call.number)));
  const hands = all_hands.filter((hand) => !m_known.has(key_of_hand(hand)));
  const arrivals = unseen_arrivals(board).filter((arrival) => !m_known.has(arrival.id));
  m_known = new Set([...board.calls.map((call) => key_of_call(call.number)), ...all_hands.map(key_of_hand),
    ...board.arrivals.map((one) => one.id)]);
  if (calls.length || hands.length) ring_now('call');
  else if (arrivals.length) ring_now('arrival');
  return { calls, hands, arrivals };
}

/// Each second.
export function remind() {
  if (!m_board) return;
  const long_ago = (rung_ms) => performance.now() - rung_ms >= k_again_s * 1000;
  const long = (since) => seconds_since(since) >= k_again_s;
  const urgent = waiting_calls(m_board).some((call) => long(call.since)) || waiting_hands(m_board).length > 0;
  if (urgent && long_ago(m_rung_urgent_ms)) ring_now('call');
  else if (long_ago(m_rung_ms) && unseen_arrivals(m_board).some((arrival) => long(arrival.at))) ring_now('arrival');
}

/// While the page is cut off or nobody is signed in: nothing would be noticed.
export function remind_of_loss(first) {
  if (first || performance.now() - m_rung_ms >= k_again_s * 1000) ring_now('lost');
}

export function title_of(board, lost) {
  if (lost) return '【接続切れ】受付デスク';
  if (!board) return '受付デスク';
  const { calls, hands, arrivals } = counts(board);
  return `${calls ? `【呼出 ${calls}】` : ''}${hands ? `【要対応 ${hands}】` : ''}${arrivals ? `【未確認 ${arrivals}】` : ''}受付デスク`;
}
