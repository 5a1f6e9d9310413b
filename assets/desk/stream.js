// The live board: opens the stream, notices when it is silent, opens it again. A connection that was cut without a word
// (a pulled cable) is found by asking for a small file now and then, since a browser would wait for minutes.

const k_pulse_ms = 10_000;
const k_pulse_patience_ms = 4_000;
const k_slowest_retry_ms = 15_000;

/// `on`: {board(text), lost(), found(), over()}; lost and found alternate.
export class Stream {
  constructor(path, pulse_path, ask_session, on) {
    this.m_path = path;
    this.m_pulse_path = pulse_path;
    this.m_ask_session = ask_session;
    this.m_on = on;
    this.m_source = null;
    this.m_lost = false;
    this.m_running = false;
    this.m_tries = 0;
    this.m_retry = 0;
    this.m_pulse = 0;
  }

  start() {
    this.m_running = true;
    this.m_lost = false;
    this.m_open();
    this.m_pulse = setInterval(() => this.m_feel(), k_pulse_ms);
  }

  stop() {
    this.m_running = false;
    clearInterval(this.m_pulse);
    clearTimeout(this.m_retry);
    this.m_source?.close();
    this.m_source = null;
  }

  m_open() {
    clearTimeout(this.m_retry);
    this.m_source?.close();
    const source = new EventSource(this.m_path);
    this.m_source = source;
    source.addEventListener('board', (event) => {
      if (source !== this.m_source) return;
      this.m_tries = 0;
      if (this.m_lost) {
        this.m_lost = false;
        this.m_on.found();
      }
      this.m_on.board(event.data);
    });
    source.addEventListener('error', () => {
      if (source === this.m_source) this.m_failed();
    });
  }

  // An EventSource says not why it failed: whether somebody is still signed in is asked.
  async m_failed() {
    this.m_lose();
    this.m_source?.close();
    this.m_source = null;
    const standing = await this.m_ask_session();
    if (!this.m_running || this.m_source) return;
    if (standing === 'over') {
      this.m_on.over();
      return;
    }
    const wait = Math.min(k_slowest_retry_ms, 500 * 2 ** Math.min(this.m_tries++, 5));
    this.m_retry = setTimeout(() => this.m_running && this.m_open(), wait);
  }

  m_lose() {
    if (this.m_lost) return;
    this.m_lost = true;
    this.m_on.lost();
  }

  async m_feel() {
    if (!this.m_source || this.m_source.readyState !== EventSource.OPEN) return;
    const cut = new AbortController();
    const timer = setTimeout(() => cut.abort(), k_pulse_patience_ms);
    try {
      await fetch(this.m_pulse_path, { cache: 'no-store', signal: cut.signal });
    } catch {
      if (this.m_running && this.m_source) this.m_failed();
    } finally {
      clearTimeout(timer);
    }
  }
}
