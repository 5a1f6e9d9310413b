// The kiosk's side of the page, played: files, sign-in, stream and calls as net/desk and app/desk answer them, with a
// board that the test sets. For states that a real kiosk is seldom in. `node server.mjs` serves a busy morning.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { busy_board, iso, k_details, quiet_board } from './boards.mjs';

const k_files = fileURLToPath(new URL('../../../assets/desk/', import.meta.url));
const k_types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const k_headers = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; media-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store', 'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin', 'Referrer-Policy': 'no-referrer', 'X-Frame-Options': 'DENY',
};
// One empty page.
const k_pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n';
// One grey pixel.
const k_png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');

function own_certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'desk-mock-'));
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
}

let m_certificate = null;

export class Mock {
  constructor() {
    this.accounts = { 鈴木: { password: 'kumori-nochi-hare', role: 'desk' }, 院長: { password: 'umi-to-yama-to-sora', role: 'manager' } };
    this.board = quiet_board();
    this.calls = [];      // {method, path, body}
    this.answers = {};    // "POST /api/…" → {status, body, headers}: instead of the usual answer
    this.photo = k_png;
    this.audit = { entries: [], head: 'a1b2c3d4e5f60718', count: 0, checked: 0, verified: true, problems: [] };
    this.must_change = false;
    this.paused_s = 0;
    this.opened = 0;      // streams, so far
    this.silent = false;  // a stream that opens is sent nothing
    this.beats = true;    // a board every few seconds, whatever happens
    this.ahead_s = 0;     // of this computer's clock
    this.m_session = null;
    this.m_streams = new Set();
    this.m_ticket = 0;
    this.m_sockets = new Set();
    this.m_files = new Map(readdirSync(k_files).filter((name) => extname(name) in k_types)
      .map((name) => [`/${name}`, { type: k_types[extname(name)], body: readFileSync(join(k_files, name)) }]));
    this.m_files.set('/', this.m_files.get('/index.html'));
  }

  async start(port = 0) {
    this.m_server = createServer(m_certificate ??= own_certificate(), (request, reply) => this.m_serve(request, reply));
    this.m_server.on('connection', (socket) => {
      this.m_sockets.add(socket);
      socket.on('close', () => this.m_sockets.delete(socket));
      socket.on('error', () => {});
    });
    await this.listen(port);
    this.m_beat = setInterval(() => this.beats && this.push(), 4_000);
    this.m_beat.unref();
    return this;
  }

  async listen(port = this.m_port ?? 0) {
    await new Promise((done) => this.m_server.listen(port, '127.0.0.1', done));
    this.m_port = this.m_server.address().port;
    this.url = `https://127.0.0.1:${this.m_port}/`;
  }

  /// Nobody answers any more; listen() again brings it back under the same address.
  async go_away() {
    for (const socket of this.m_sockets) socket.destroy();
    await new Promise((done) => this.m_server.close(done));
  }

  stop() {
    clearInterval(this.m_beat);
    return this.m_server.listening ? this.go_away() : undefined;
  }

  push() {
    this.push_text(this.m_text());
  }

  m_text() {
    return JSON.stringify({ ...this.board, now: this.fixed_now ?? iso(this.ahead_s) });
  }

  push_text(text) {
    this.last_push = performance.now();
    for (const stream of this.m_streams) stream.write(`event: board\ndata: ${text}\n\n`);
  }

  end_session() {
    this.m_session = null;
    for (const stream of this.m_streams) stream.end();
    this.m_streams.clear();
  }

  settle(ticket, result) {
    this.board.tickets[ticket] = result;
    this.push();
  }

  m_serve(request, reply) {
    const url = new URL(request.url, this.url);
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => this.m_answer(request, decodeURIComponent(url.pathname), url.search, body, reply));
  }

  m_send(reply, status, body, more = {}) {
    reply.writeHead(status, { ...k_headers, 'Content-Type': 'application/json', ...more });
    reply.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : body === undefined ? '' : JSON.stringify(body));
  }

  m_answer(request, path, query, body, reply) {
    const { method } = request;
    const file = method === 'GET' ? this.m_files.get(path) : undefined;
    if (file) return this.m_send(reply, 200, file.body, { 'Content-Type': file.type });
    const planned = this.answers[`${method} ${path}`];
    const json = body ? JSON.parse(body) : null;
    if (path === '/session' && method === 'POST') return this.m_sign_in(json, reply);
    const session = this.m_session && request.headers.cookie?.includes(`__Host-desk=${this.m_session.id}`) ? this.m_session : null;
    if (!session) return this.m_send(reply, 401, { error: 'signed-out' });
    if (method !== 'GET' && request.headers['x-csrf-token'] !== session.csrf) return this.m_send(reply, 403, { error: 'csrf' });
    if (path !== '/session' && path !== '/events') this.calls.push({ method, path: path + query, body: json });
    if (planned) return this.m_send(reply, planned.status, planned.body, planned.headers);
    if (path === '/session') {
      if (method === 'DELETE') this.end_session();
      return method === 'DELETE' ? this.m_send(reply, 204) : this.m_send(reply, 200, this.m_who(session));
    }
    if (path === '/password') {
      this.must_change = false;
      // As the kiosk does: whatever the session had open is over.
      for (const stream of this.m_streams) stream.end();
      return this.m_send(reply, 204);
    }
    if (path === '/events') return this.m_stream(reply);
    return this.m_house(method, path, query, json, session, reply);
  }

  m_who(session) {
    return { name: session.name, role: this.accounts[session.name].role, csrf: session.csrf, must_change: this.must_change };
  }

  m_sign_in(json, reply) {
    if (this.paused_s) return this.m_send(reply, 429, { error: 'paused' }, { 'Retry-After': String(this.paused_s) });
    if (this.accounts[json.name]?.password !== json.password) return this.m_send(reply, 401, { error: 'wrong' });
    this.m_session = { id: `s${Math.random().toString(16).slice(2)}`, csrf: `c${Math.random().toString(16).slice(2)}`, name: json.name };
    return this.m_send(reply, 200, this.m_who(this.m_session),
      { 'Set-Cookie': `__Host-desk=${this.m_session.id}; Path=/; Secure; HttpOnly; SameSite=Strict` });
  }

  m_stream(reply) {
    reply.writeHead(200, { ...k_headers, 'Content-Type': 'text/event-stream' });
    this.m_streams.add(reply);
    this.opened += 1;
    reply.on('close', () => this.m_streams.delete(reply));
    reply.flushHeaders();
    if (!this.silent) reply.write(`event: board\ndata: ${this.m_text()}\n\n`);
  }

  /// As the core takes it: for the card that lies there, or, where none does, for the next one.
  m_check({ session }, reply) {
    const { kiosk } = this.board;
    const ticket = ++this.m_ticket;
    this.m_send(reply, 202, { ticket });
    if (kiosk.allow.includes('visual') && kiosk.session === session) return;
    this.settle(ticket, kiosk.session === session ? 'refused' : 'too-late');
  }

  m_house(method, path, query, json, session, reply) {
    const manager = this.accounts[session.name].role === 'manager';
    if (/^\/api\/(audit|export|reception-stop)$/.test(path) && !manager) return this.m_send(reply, 403, { error: 'role' });
    if (path === '/api/card-photo') return this.m_send(reply, 200, this.photo, { 'Content-Type': 'image/png' });
    if (path === '/api/audit') return this.m_send(reply, 200, this.audit);
    if (path === '/api/export') {
      return this.m_send(reply, 200, 'id,time\r\n', { 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment; filename="arrivals.csv"' });
    }
    if (method === 'GET' && path.endsWith('/declaration') || path === '/api/declarations/blank') {
      const saved = query.includes('save=1') ? { 'Content-Disposition': 'attachment; filename="declaration.pdf"' } : {};
      return this.m_send(reply, 200, k_pdf, { 'Content-Type': 'application/pdf', ...saved });
    }
    if (method === 'GET') return this.m_send(reply, 200, this.details ?? k_details);
    if (path === '/api/visual-checks' && method === 'POST') return this.m_check(json, reply);
    if (/(visual-checks|allowances|reception-stop|calls\/\d+\/seen)$/.test(path)) return this.m_send(reply, 202, { ticket: ++this.m_ticket });
    return this.m_send(reply, 204);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const mock = new Mock();
  mock.board = busy_board();
  await mock.start(8443);
  process.stdout.write(`${mock.url}\n`);
}
