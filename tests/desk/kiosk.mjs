// The real kiosk under a test: demonstration profile, a folder of its own, its scenario on stdin.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { k_source, until } from './browser.mjs';

export const k_program = process.env.DESK_TEST_KIOSK ?? join(k_source, 'build/release/bin/uketsuke');

/// Why there is no kiosk to test with; null: there is.
export const why_no_kiosk = () => (existsSync(k_program) ? null : `${k_program} is not built`);

export class Kiosk {
  /// Resolves when the page can be opened: url, and the first account {name, password}.
  static async start(more_settings = '') {
    const kiosk = new Kiosk();
    kiosk.folder = mkdtempSync(join(tmpdir(), 'desk-kiosk-'));
    const profile = join(k_source, 'kiosk-config/demo.toml');
    // Paths of the profile are relative to its own folder.
    const settings = readFileSync(profile, 'utf8').replaceAll('"../', `"${dirname(dirname(profile))}/`)
      .replace(/^\[desk\][^[]*/m, '');
    const config = join(kiosk.folder, 'config/kiosk.toml');
    mkdirSync(dirname(config));
    symlinkSync(join(k_source, 'assets'), join(kiosk.folder, 'assets'));
    writeFileSync(config, `${settings}\n[desk]\naddress = "127.0.0.1"\nport = 0\nfolder = "${join(kiosk.folder, 'desk')}"\n${more_settings}`);
    kiosk.output = '';
    kiosk.m_heard = [];
    kiosk.m_process = spawn(k_program, ['--config', config, '--data', join(kiosk.folder, 'data'), '--scenario', '-'],
      { stdio: ['pipe', 'pipe', 'pipe'], cwd: k_source });
    kiosk.ended = new Promise((done) => kiosk.m_process.on('close', (code) => done(kiosk.code = code)));
    kiosk.m_process.stdin.on('error', () => {});
    for (const stream of [kiosk.m_process.stdout, kiosk.m_process.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        kiosk.output += text;
        kiosk.m_heard.push({ at: performance.now(), text });
      });
    }
    try {
      await until(() => kiosk.m_find() || kiosk.code !== undefined, 'the kiosk names its page', 20_000);
      if (!kiosk.m_find()) throw new Error('it ended');
    } catch (error) {
      await kiosk.stop();
      throw new Error(`${error.message}; the kiosk wrote:\n${kiosk.output.slice(-2_000)}`);
    }
    return kiosk;
  }

  m_find() {
    const page = /desk: (https:\/\/\S+)/.exec(this.output);
    const account = /desk: first account (\S+), password (\S+)/.exec(this.output);
    if (!page || !account) return false;
    this.url = page[1];
    this.name = account[1];
    this.password = account[2];
    return true;
  }

  /// Lines of a scenario (app/main/scenario.h); they are played one after the other.
  play(...lines) {
    for (const line of lines) this.m_process.stdin.write(`${line}\n`);
  }

  /// When the kiosk said the last line that has these words; undefined: it did not.
  when_said(words) {
    return this.m_heard.findLast((one) => one.text.includes(words))?.at;
  }

  forget_said() {
    this.m_heard = [];
  }

  async stop() {
    this.m_process.stdin.end();
    const timer = setTimeout(() => this.m_process.kill('SIGTERM'), 3_000);
    const killer = setTimeout(() => this.m_process.kill('SIGKILL'), 8_000);
    await this.ended;
    clearTimeout(timer);
    clearTimeout(killer);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
