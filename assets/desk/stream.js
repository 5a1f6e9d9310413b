// The live board: opens the stream, notices when it is silent, opens it again. The kiosk sends a board every five seconds
// at least: where none comes, the page is not live, whatever else the kiosk may still answer. A connection that was cut
// without a word (a pulled cable) is found by asking for a small file now and then, since a browser would wait for minutes.

const k_silence_ms = 12_000;
const k_look_ms = 1_000;
const k_pulse_ms = 10_000;
const k_pulse_patience_ms = 4_000;
const k_slowest_retry_ms = 15_000;

/// `on`: {board(text) → whether it was one, lost(), found(), over()}; lost and found alternate.
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
    this.m_watch = 0;
    this.m_heard_ms = 0;  // the last board, or when its coming was first waited for
  }

  start() {
    this.m_running = true;
    this.m_lost = false;
    this.m_open();
    this.m_pulse = setInterval(() => this.m_feel(), k_pulse_ms);
    this.m_watch = setInterval(() => this.m_listen(), k_look_ms);
  }

  stop() {
    this.m_running = false;
    clearInterval(this.m_pulse);
    clearInterval(this.m_watch);
    this.m_drop();
  }

  /// Closed without a word, for a moment in which the kiosk would cut it anyway; resume() opens it again.
  pause() {
    if (this.m_running) this.m_drop();
  }

  resume() {
    if (this.m_running && !this.m_source) this.m_open();
  }

  m_drop() {
    clearTimeout(this.m_retry);
    this.m_source?.close();
    this.m_source = null;
  }

  m_open() {
    this.m_drop();
    this.m_heard_ms = performance.now();
    const source = new EventSource(this.m_path);
    this.m_source = source;
    source.addEventListener('board', (event) => {
      if (source !== this.m_source) return;
      if (!this.m_on.board(event.data)) return;
      this.m_heard_ms = performance.now();
      this.m_tries = 0;
      if (!this.m_lost) return;
      this.m_lost = false;
      this.m_on.found();
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

  m_listen() {
    if (this.m_source && performance.now() - this.m_heard_ms >= k_silence_ms) this.m_failed();
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
