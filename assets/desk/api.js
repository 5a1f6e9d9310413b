// Calls to the kiosk. A session that is over is told to one listener, whatever was called.

const k_patience_ms = 10_000;

let m_csrf = '';
let m_on_over = () => {};

export function use_token(token) {
  m_csrf = typeof token === 'string' ? token : '';
}

export function on_session_over(listener) {
  m_on_over = listener;
}

/// {status, body, retry_after}; status 0: no answer. Never throws. `quiet`: 401 is an answer like any other.
export async function call(method, path, body = undefined, { quiet = false, as = 'json' } = {}) {
  const headers = {};
  if (method !== 'GET') headers['X-CSRF-Token'] = m_csrf;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), k_patience_ms);
  try {
    const answer = await fetch(path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: cut.signal,
      cache: 'no-store', credentials: 'same-origin', redirect: 'error', referrerPolicy: 'no-referrer',
    });
    const reply = { status: answer.status, body: null, retry_after: Number(answer.headers.get('Retry-After')) || 0 };
    if (as === 'blob' && answer.ok) reply.body = await answer.blob();
    else reply.body = await read_json(answer);
    if (answer.status === 401 && !quiet) m_on_over();
    return reply;
  } catch {
    return { status: 0, body: null, retry_after: 0 };
  } finally {
    clearTimeout(timer);
  }
}

async function read_json(answer) {
  const text = await answer.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

export const went_well = (reply) => reply.status >= 200 && reply.status < 300;
