// Time as the kiosk has it: what the page counts does not depend on how this computer's clock is set.

let m_kiosk_ms = 0;
let m_heard_ms = 0;
let m_kiosk_day = '';

export function heard_now(iso) {
  m_kiosk_ms = Date.parse(iso);
  m_heard_ms = performance.now();
  m_kiosk_day = iso.slice(0, 10);
}

export function kiosk_ms() {
  return m_kiosk_ms + (performance.now() - m_heard_ms);
}

/// Whole seconds from the time until now; negative: it is still to come.
export function seconds_since(iso) {
  return iso ? Math.floor((kiosk_ms() - Date.parse(iso)) / 1000) : 0;
}

/// "9:05" in the kiosk's own zone, which stands in the text itself.
export function clock_of(iso) {
  const found = /T(\d\d):(\d\d)/.exec(iso ?? '');
  return found ? `${Number(found[1])}:${found[2]}` : '';
}

/// "9:05", and "11月3日 9:05" where that is not today at the kiosk.
export function moment_of(iso) {
  const day = /^\d{4}-(\d\d)-(\d\d)/.exec(iso ?? '');
  const today = day && m_kiosk_day === day[0];
  return day && !today ? `${Number(day[1])}月${Number(day[2])}日 ${clock_of(iso)}` : clock_of(iso);
}

/// The kiosk's time now, in the zone of the text that it sent last.
export function clock_now(iso) {
  const zone = /([+-])(\d\d):?(\d\d)$/.exec(iso ?? '');
  const minutes = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  const there = new Date(kiosk_ms() + minutes * 60_000);
  return `${there.getUTCHours()}:${String(there.getUTCMinutes()).padStart(2, '0')}`;
}

/// "たった今", "3分前", "1時間20分前"
export function ago(iso) {
  const minutes = Math.floor(seconds_since(iso) / 60);
  if (minutes < 1) return 'たった今';
  if (minutes < 60) return `${minutes}分前`;
  return `${Math.floor(minutes / 60)}時間${minutes % 60 ? `${minutes % 60}分` : ''}前`;
}

/// "1:05"
export function countdown(seconds) {
  const left = Math.max(0, seconds);
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
