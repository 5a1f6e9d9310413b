// Boards for tests of the page alone: an ordinary morning, and what is rare.

export const k_zone = '+09:00';

/// ISO time in Japan, so many seconds from now.
export function iso(seconds = 0) {
  return new Date(Date.now() + seconds * 1000 + 9 * 3600_000).toISOString().slice(0, 19) + k_zone;
}

export function arrival(n, more = {}) {
  return {
    id: `3f0c0000-0000-4000-8000-${String(n).padStart(12, '0')}`, at: iso(-60 * n), name: '佐○ 花○', kana: 'サ○ ハ○',
    age: 30 + (n % 60), method: ['face', 'pin', 'visual'][n % 3], state: 'confirmed', number: null,
    meaning: 'confirmed', remarks: [], seen: true, declaration: null, attempts: 1, waits_until: null,
    check: null, differs: [], claim: null, printed: false, can: [], ...more,
  };
}

/// A form that was filled in at the kiosk and is not reconciled.
export function form(n, more = {}) {
  return arrival(n, { method: 'declaration', state: 'queued', meaning: null, declaration: 'made', check: 'unknown', claim: 'sevens',
    can: ['reconcile'], ...more });
}

const k_health = [
  ['reader', 'good', 'works', null], ['camera', 'good', 'works', null], ['network', 'good', 'works', null],
  ['queue', 'good', 'empty', 0], ['disk', 'notice', 'little-space', 812.4], ['clock', 'good', 'works', 0],
  ['certificate', 'good', 'works', null], ['receipt-computer', 'good', 'works', null],
  ['webhook', 'off', 'not-there', null], ['audit', 'good', 'works', null],
];

export function quiet_board() {
  return {
    now: iso(),
    kiosk: {
      screen: 'idle', since: iso(-130), session: null, pin_tries: null, identified: null, face: null, photo: false,
      allow: ['visual'], visual: null, stopped: null,
    },
    calls: [], hands: [], arrivals: [], declarations: [], declared: { confirmed: 0, differs: 0, not_confirmed: 0 },
    health: k_health.map(([part, state, says, value]) => ({ part, state, says, value })),
    tickets: {}, policy: { visual: true, valid_s: 120 },
  };
}

export function card_there(board, session = 7) {
  board.kiosk = {
    ...board.kiosk, screen: 'choose-method', since: iso(-8), session, pin_tries: 3, face: 'failed', photo: true,
    allow: ['ordered-keypad', 'waive-challenge', 'type-number', 'visual'],
  };
  return board;
}

/// The card that lies there is identified: there is nothing to look at until the next one.
export function identified(board, method = 'pin') {
  Object.assign(board.kiosk, { screen: 'consent', identified: method, face: null, allow: [] });
  return board;
}

/// Staff stop it: at once where nobody is there, else when the running reception is over.
export function stop(board, message = '') {
  board.kiosk.stopped = { by: '院長', message, since: iso(-600) };
  if (board.kiosk.session === null) Object.assign(board.kiosk, { screen: 'out-of-service', allow: [] });
  return board;
}

/// A morning with something of everything.
export function busy_board() {
  const board = card_there(quiet_board());
  board.arrivals = [
    arrival(1, { seen: false, name: '山○ 太○', age: 74, method: 'face' }),
    arrival(4, { seen: false, state: 'queued', name: null, age: null, method: 'pin', meaning: 'unreachable', number: 42, attempts: 3,
      waits_until: iso(45), can: ['retry', 'set-aside', 'declare'] }),
    arrival(9, { state: 'problem', name: '鈴○ 一○', age: 58, method: 'visual', meaning: 'insurance ended', number: 11, seen: true,
      can: ['set-aside', 'declare'] }),
    arrival(15, { meaning: 'confirmed with a remark', name: '髙○ 美○○', remarks: ['character replaced', 'contribution ratio missing'] }),
    arrival(22, { state: 'problem', name: '田○ 実', declaration: 'made', meaning: 'not found', number: 13, can: ['reconcile', 'set-aside'] }),
    arrival(31, { state: 'set-aside', meaning: 'refused', name: '伊○ 健○' }),
    ...Array.from({ length: 6 }, (_, i) => arrival(40 + 7 * i)),
  ];
  board.calls = [{ number: 3, since: iso(-25), screen: 'face-failed', seen_by: null }];
  board.hands = [
    { kind: 'call', since: iso(-25), on: 3 }, { kind: 'answer', since: iso(-540), on: board.arrivals[2].id },
    { kind: 'device', since: iso(-300), on: 'network' },
  ];
  board.health = board.health.map((one) =>
    one.part === 'network' ? { ...one, state: 'trouble', says: 'service-away' } :
      one.part === 'queue' ? { ...one, state: 'notice', says: 'waits', value: 190.2 } : one);
  return board;
}

export const k_details = {
  name: '山田 太郎', kana: 'ヤマダ タロウ', birth_date: '19520304', sex: '1', age: 74, insurer_number: '39131234',
  insurer_name: '東京都後期高齢者医療広域連合', symbol: null, number: '01234567', branch: null, ratio: '010',
  valid_from: '20250801', valid_to: null,
};
