// The page's files as such: nothing that a strict policy would have to forbid, nothing from elsewhere.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const k_folder = fileURLToPath(new URL('../../assets/desk/', import.meta.url));
const files = readdirSync(k_folder).filter((name) => name !== 'README.md')
  .map((name) => ({ name, text: readFileSync(join(k_folder, name), 'utf8') }));

test('no file turns text into markup or code', () => {
  const forbidden = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\b|new Function|setHTML|srcdoc/;
  for (const { name, text } of files) assert.doesNotMatch(text, forbidden, name);
});

test('there is no script or style inside of the page, nor any that is set by hand', () => {
  const html = files.find((one) => one.name === 'index.html').text;
  assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=|javascript:/i);
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/i);
  for (const { name, text } of files.filter((one) => one.name.endsWith('.js'))) {
    assert.doesNotMatch(text, /setAttribute\(['"]style|\.cssText|style:\s*['"`]/, name);
  }
});

test('nothing is loaded from elsewhere', () => {
  for (const { name, text } of files) {
    assert.doesNotMatch(text.replaceAll('http://www.w3.org/2000/svg', ''), /https?:\/\/|@import|url\(\s*["']?\/\//, name);
  }
});

test('nothing personal is kept by the browser', () => {
  for (const { name, text } of files) assert.doesNotMatch(text, /localStorage|sessionStorage|indexedDB|document\.cookie|caches\./, name);
});

test('every file is named plainly, short, and all together are small', () => {
  for (const { name, text } of files) {
    assert.match(name, /^[a-z_]+[.](html|css|js|svg)$/);
    assert.ok(text.split('\n').length <= 400, name);
  }
  const bytes = files.reduce((sum, { name }) => sum + statSync(join(k_folder, name)).size, 0);
  assert.ok(bytes < 200_000, `${bytes} bytes`);
});

test('every module that is imported is there', () => {
  const names = new Set(files.map((one) => one.name));
  for (const { name, text } of files) {
    for (const [, wanted] of text.matchAll(/from '\.\/([^']+)'/g)) assert.ok(names.has(wanted), `${name}: ${wanted}`);
  }
});
