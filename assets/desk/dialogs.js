// Windows over the page. One is open at a time; what was personal in it is gone when it closes.

import { button, el, icon } from './dom.js';

let m_open = null;

/// Returns {element, close}. `on_close` runs once, however it was closed.
export function open_dialog(name, title, children, on_close = () => {}) {
  close_dialog();
  const heading = el('h2', { id: `${name}-title`, tabindex: '-1' }, title);
  const element = el(`dialog.${name}`, { 'aria-labelledby': `${name}-title`, id: name },
    el('header', {}, heading, button('閉じる', '.quiet', () => element.close(), 'close')), ...children);
  element.addEventListener('close', () => {
    if (m_open === element) m_open = null;
    // That it went well is often known just before the window closes.
    document.getElementById('notes').append(...element.querySelectorAll('.note.good'));
    element.replaceChildren();
    element.remove();
    on_close();
  });
  document.body.append(element);
  m_open = element;
  element.showModal();
  return { element, close: () => element.close() };
}

export function close_dialog() {
  m_open?.close();
}

/// Asks for a line of text; `on_done(text)` true closes it. `needed`: it may not be empty.
export function ask_line(name, title, explanation, label, longest, words, needed, on_done) {
  const input = el('textarea', { id: `${name}-text`, maxlength: longest, rows: 3, required: needed, autofocus: true });
  const send = el('button.primary', { type: 'submit' }, icon('check'), el('span', {}, words));
  const form = el('form', {
    on: {
      submit: async (event) => {
        event.preventDefault();
        const text = input.value.trim();
        if (needed && !text) {
          input.setCustomValidity('理由を入れてください');
          input.reportValidity();
          return;
        }
        send.disabled = true;
        if (await on_done(text)) dialog.close();
        else send.disabled = false;
      },
    },
  }, el('p', {}, explanation), el('label', { for: `${name}-text` }, label), input, el('div.row', {}, send));
  input.addEventListener('input', () => input.setCustomValidity(''));
  const dialog = open_dialog(name, title, [form]);
}
