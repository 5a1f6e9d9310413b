// Every name that the kiosk's tables can produce has words on the page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as words from '../../assets/desk/words.js';

const k_root = fileURLToPath(new URL('../../', import.meta.url));
const source = (path) => readFileSync(join(k_root, path), 'utf8');

/// The strings that a C++ function, from its first line to its closing brace, can return or holds.
function strings_of(text, from) {
  const begin = text.indexOf(from);
  assert.ok(begin >= 0, `${from} is not there any more`);
  const body = text.slice(begin, text.indexOf('\n}', begin));
  return [...body.matchAll(/"([^"]+)"/g)].map((one) => one[1]);
}

function all_have_words(names, table, least) {
  assert.ok(names.length >= least, `only ${names.length} names were found`);
  assert.deepEqual(names.filter((name) => !/[ぁ-んァ-ヶ一-龠]/.test(table[name] ?? '')), []);
}

test('every meaning has a sentence', () => {
  const names = [...source('net/meaning.cpp').matchAll(/MeaningRow\{Meaning::\w+, "([^"]+)"/g)].map((one) => one[1]);
  all_have_words(names, words.meaning, 21);
});

test('every remark has a sentence', () => {
  all_have_words(strings_of(source('net/remarks.cpp'), 'const char* name_of(Remark remark)'), words.remark, 17);
});

test('every screen, method and reason has words', () => {
  const text = source('app/core/names.cpp');
  const screens = /k_screen_names\{([^}]*)\}/.exec(text)[1];
  all_have_words([...screens.matchAll(/"([^"]+)"/g)].map((one) => one[1]), words.screen, 32);
  all_have_words(strings_of(text, 'const char* name_of(Method method)'), words.method, 3);
  all_have_words(strings_of(text, 'const char* name_of(VisualReason reason)'), words.reason, 4);
});

test('what a form is compared by has words, and so has what a patient shows', () => {
  const forms = source('net/declaration.cpp');
  all_have_words(strings_of(forms, 'const char* name_of(DeclaredField field)'), words.declared, 9);
  all_have_words(strings_of(forms, 'const char* name_of(Reconciliation reconciliation)'), words.check, 3);
  all_have_words(strings_of(forms, 'const char* name_of(ClaimCase claim)'), words.claim, 3);
  all_have_words(strings_of(source('app/core/names.cpp'), 'const char* name_of(OtherWay way)'), words.to_show, 3);
});

test('out of service is a reader that is not there, or staff who stopped it', () => {
  assert.match(words.screen_of({ screen: 'out-of-service', stopped: null }), /カードリーダー/);
  assert.match(words.screen_of({ screen: 'out-of-service', stopped: { by: '院長' } }), /受付を止めています/);
  assert.equal(words.screen_of({ screen: 'idle', stopped: null }), words.screen.idle);
});

test('every kind, part and state that the board\'s description names has words', () => {
  const text = source('app/desk/README.md');
  const named = (row, start) => {
    const line = text.split('\n').find((one) => one.includes(row));
    const part = line.slice(line.indexOf(start) + start.length);
    return [...part.split(/;|\(/)[0].matchAll(/`([a-z-]+)`/g)].map((one) => one[1]);
  };
  all_have_words(named('| `hands` |', 'kinds: '), words.hand, 7);
  all_have_words(named('| `health` |', 'parts '), words.part, 10);
  all_have_words(named('| `health` |', 'state '), words.level, 4);
  all_have_words(named('| `tickets` |', '}`; '), words.ticket, 1);
  for (const name of ['done', 'too-late', 'refused']) assert.ok(words.ticket[name], name);
});

test('every finding of the record has words', () => {
  const names = [...source('net/audit_log.h').matchAll(/^ {4}([A-Z]\w+),\s+\/\/\/</gm)].map((one) =>
    one[1].replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase());
  all_have_words(names, words.finding, 8);
});

test('a name that nobody knows is shown as it came, and no word of the language is taken for one', () => {
  assert.equal(words.word(words.meaning, 'quite new'), 'quite new');
  assert.equal(words.word(words.meaning, 'constructor'), 'constructor');
  assert.equal(words.word(words.meaning, null), '');
  assert.equal(words.says_of({ state: 'trouble', part: 'x', says: 'toString', value: 3 }), 'toString');
});

test('a sentence with a number has it in its own unit, and leaves it out where there is none', () => {
  const says = (part, word, value) => words.says_of({ part, state: 'notice', says: word, value });
  assert.equal(says('disk', 'little-space', 812.4), '空きが少なくなっています（残り812 MB）');
  assert.equal(says('disk', 'little-space', null), '空きが少なくなっています');
  assert.equal(says('queue', 'waits', 190), '照会が待っています（一番古いものは3分前）');
});

test('what each part of the kiosk says, what is recorded and why it is refused has words', () => {
  const health = source('app/desk/health.cpp');
  const said = [...health.matchAll(/\{"([a-z-]+)", [^;]*?\}/gs)].flatMap(([whole, part]) =>
    [...whole.matchAll(/"([a-z-]+)"/g)].map((one) => one[1]).filter((word) => word !== part).map((word) => [part, word]));
  const plain = [...health.matchAll(/(?:plain|if_there)\("([a-z-]+)",[^"]*"([a-z-]+)"\)/g)].map((one) => [one[1], one[2]]);
  assert.ok(said.length + plain.length >= 20, `only ${said.length + plain.length} were found`);
  for (const [part, word] of [...said, ...plain]) {
    assert.match(words.says_of({ part, state: 'trouble', says: word, value: null }), /[ぁ-ん]/, `${part} ${word}`);
  }
  const recorder = source('app/desk/recorder.cpp') + source('app/desk/desk_arrivals.cpp') + source('app/desk/desk_kiosk.cpp');
  const acts = [...recorder.matchAll(/"((?:visual-check|reception|kiosk code|number of|challenge|ordered|self-decl|request|arrivals|arrival|photo)[a-z -]* [a-z -]+)"/g)].map((one) => one[1]);
  all_have_words(acts, words.act, 12);
  const refused = [...(recorder + source('app/desk/desk.cpp')).matchAll(/refuse\(\d+, "([a-z-]+)"\)/g)].map((one) => one[1]);
  all_have_words(refused, words.refusal, 6);
});
