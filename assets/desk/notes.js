// Short notes that come and go, and what is read out to those who do not look.

import { button, el, icon } from './dom.js';

const k_stay_ms = 8_000;
const k_most = 4;

/// kind: 'good', 'notice', 'trouble'; trouble stays until it is closed.
export function note(words, kind = 'good') {
  // A window over the page takes its notes itself: behind it they could be neither seen nor closed.
  const dialog = document.querySelector('dialog[open]');
  const place = document.getElementById('notes');
  const one = el(`div.note.${kind}`, { role: kind === 'trouble' ? 'alert' : 'status' },
    icon(kind === 'good' ? 'check' : 'alert'), el('p', {}, words),
    button('閉じる', '.quiet', () => one.remove()));
  if (dialog) dialog.querySelector('header').after(one);
  else place.append(one);
  while (place.children.length > k_most) place.firstElementChild.remove();
  if (kind !== 'trouble') setTimeout(() => one.remove(), k_stay_ms);
}

export function clear_notes() {
  document.getElementById('notes').replaceChildren();
  read_out('');
}

/// Read out once, not shown.
export function read_out(words, now = false) {
  document.getElementById(now ? 'read-now' : 'read-soon').textContent = words;
}
