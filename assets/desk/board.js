// The board as the page uses it: read from text that is not trusted, bounded, complete. What does not fit is left out;
// text that is no board gives null, and the page keeps the last one.

const k_longest_text = 200;
const k_most_arrivals = 200;

// Controls and marks that turn the direction of what follows would make one name look like another.
const k_deceiving = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export function clean(value, longest = k_longest_text) {
  if (typeof value !== 'string') return null;
  const letters = [...value.slice(0, longest * 2)];
  const text = letters.length > longest || value.length > longest * 2 ? letters.slice(0, longest).join('') + '…' : value;
  return text.replace(k_deceiving, '\ufffd');
}

const is_object = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const object = (value) => (is_object(value) ? value : {});
const list = (value, most) => (Array.isArray(value) ? value.slice(0, most) : []);
const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const words = (value, most) => list(value, most).map((one) => clean(one, 60)).filter((one) => one !== null);
const time = (value) => (typeof value === 'string' && Number.isFinite(Date.parse(value)) ? value.slice(0, 40) : null);
// Part of a path later on.
const id = (value) => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(text) ? text : null;
};

function read_kiosk(value) {
  const kiosk = object(value);
  const visual = is_object(kiosk.visual) && time(kiosk.visual.until) ?
    { by: clean(kiosk.visual.by, 40) ?? '', reason: clean(kiosk.visual.reason, 40), until: time(kiosk.visual.until) } :
    null;
  const stopped = is_object(kiosk.stopped) ?
    { by: clean(kiosk.stopped.by, 40) ?? '', message: clean(kiosk.stopped.message) ?? '', since: time(kiosk.stopped.since) } :
    null;
  return {
    screen: clean(kiosk.screen, 40) ?? '', since: time(kiosk.since), session: number(kiosk.session),
    pin_tries: number(kiosk.pin_tries), identified: clean(kiosk.identified, 20), face: clean(kiosk.face, 20),
    photo: kiosk.photo === true, allow: words(kiosk.allow, 10), visual, stopped,
  };
}

function read_arrival(value) {
  const one = object(value);
  const key = id(one.id);
  if (key === null) return null;
  return {
    id: key, at: time(one.at), name: clean(one.name, 80), kana: clean(one.kana, 80), age: number(one.age),
    method: clean(one.method, 20), state: clean(one.state, 20) ?? '',
    number: number(one.number) !== null ? `N-${one.number}` : clean(one.number, 20),
    meaning: clean(one.meaning, 60), remarks: words(one.remarks, 20), seen: one.seen === true || is_object(one.seen) ||
      (typeof one.seen === 'string' && one.seen !== ''),
    declaration: clean(one.declaration, 20), attempts: number(one.attempts), waits_until: time(one.waits_until),
    check: clean(one.check, 20), differs: words(one.differs, 20), claim: clean(one.claim, 20), printed: one.printed === true,
    can: words(one.can, 10),
  };
}

function read_call(value) {
  const one = object(value);
  const key = id(one.number);
  return key === null ? null :
    { number: key, since: time(one.since), screen: clean(one.screen, 40) ?? '', to_show: clean(one.to_show, 20),
      seen_by: clean(one.seen_by, 40) };
}

function read_hand(value) {
  const one = object(value);
  const kind = clean(one.kind, 40);
  return kind === null ? null : { kind, since: time(one.since), on: id(one.on) };
}

function read_health(value) {
  const one = object(value);
  const part = clean(one.part, 40);
  return part === null ? null :
    { part, state: clean(one.state, 20) ?? '', says: clean(one.says, 60), value: number(one.value) };
}

function read_declared(value) {
  const one = object(value);
  return { confirmed: number(one.confirmed) ?? 0, differs: number(one.differs) ?? 0, not_confirmed: number(one.not_confirmed) ?? 0 };
}

const once = (items, key) => {
  const known = new Set();
  return items.filter((item) => item !== null && !known.has(item[key]) && known.add(item[key]));
};

/// null: no board.
export function read_board(text) {
  if (typeof text !== 'string' || text.length > 1_000_000) return null;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!is_object(value) || !is_object(value.kiosk) || time(value.now) === null) return null;
  const tickets = Object.entries(object(value.tickets)).slice(0, 200)
    .filter(([, result]) => typeof result === 'string');
  const policy = object(value.policy);
  return {
    now: value.now,
    kiosk: read_kiosk(value.kiosk),
    calls: once(list(value.calls, 50).map(read_call), 'number'),
    hands: list(value.hands, 100).map(read_hand).filter((one) => one !== null),
    arrivals: once(list(value.arrivals, k_most_arrivals).map(read_arrival), 'id'),
    declarations: once(list(value.declarations, k_most_arrivals).map(read_arrival), 'id'),
    declared: read_declared(value.declared),
    health: once(list(value.health, 30).map(read_health), 'part'),
    tickets: new Map(tickets.map(([key, result]) => [key, result.slice(0, 40)])),
    policy: { visual: policy.visual === true, valid_s: number(policy.valid_s) ?? 120 },
  };
}
