// How the kiosk itself is: one line a part, its state in colour, picture and word.

import { el, icon, keep_list } from './dom.js';
import { level, part as part_words, says_of, word } from './words.js';

const k_parts = {
  'reader': 'card', 'camera': 'camera', 'network': 'network', 'queue': 'queue', 'disk': 'disk', 'clock': 'clock',
  'certificate': 'shield', 'receipt-computer': 'computer', 'webhook': 'link', 'audit': 'audit',
};
const k_levels = ['good', 'notice', 'trouble', 'off'];

// What is well needs no sentence.
const calm = (one) => one.state === 'good' || one.state === 'off';

export function draw_health(health) {
  keep_list(document.getElementById('health-list'), health, (one) => one.part, (one) => {
    const state = k_levels.includes(one.state) ? one.state : 'notice';
    return el(`li.part.is-${state}`, {}, icon(k_parts[one.part] ?? 'alert'), el('span.part-name', {}, word(part_words, one.part)),
      el('span.level', {}, state === 'good' ? icon('check') : state === 'off' ? '' : icon('alert'), word(level, one.state)),
      calm(one) ? '' : el('span.says', {}, says_of(one)));
  });
}
