// Making and changing elements. Text enters only as text: nothing here parses markup.

/// el('button.primary', {type: 'button', on: {click}}, 'text', child). A property named on… is no attribute here.
export function el(what, properties = {}, ...children) {
  const [tag, ...classes] = what.split('.');
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(' ');
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

/// A picture of the sprite; words beside it say the same.
export function icon(name) {
  return el(`span.icon.icon-${name}`, { 'aria-hidden': 'true' });
}

/// A personal or foreign text: whatever direction it has stays within it.
export function foreign(text, classes = '') {
  return el(`bdi${classes}`, {}, text);
}

export function button(words, classes, on_click, picture = null) {
  return el(`button${classes}`, { type: 'button', on: { click: on_click } }, picture ? icon(picture) : '',
    el('span', {}, words));
}

/// Changes a text only where it differs: what did not change is neither drawn nor read out again.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function show(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/// Keeps `parent`'s children equal to `items`: one element for each key, made anew only when its signature changed.
/// Focus inside a row that is made anew goes to the element with the same data-key in the new one.
export function keep_list(parent, items, key_of, make) {
  const old = new Map([...parent.children].map((child) => [child.dataset.id, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(key_of(item));
    const signature = JSON.stringify(item);
    let child = old.get(key);
    old.delete(key);
    if (!child || child.signature !== signature) {
      const made = make(item);
      made.dataset.id = key;
      made.signature = signature;
      if (child) {
        if (child === place) place = made;
        replace_keeping_focus(child, made);
      }
      child = made;
    }
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
  for (const child of old.values()) child.remove();
}

// Where a press lands on something else than was aimed at, since the board has moved it under the finger.
const k_unsteady_ms = 500;

const keys_of = (row) => [...row.querySelectorAll('[data-key]')].map((one) => one.dataset.key).join(' ');

function places_of(lists) {
  return new Map(lists.flatMap((list) => [...list.children].map((row) =>
    [`${list.id} ${row.dataset.id}`, { top: row.getBoundingClientRect().top, keys: keys_of(row), moved_ms: row.moved_ms }])));
}

/// Runs `draw`, which the board asks for and not the hand, and marks the rows of `lists` that it moved: what is new among
/// others, stands elsewhere, or offers other actions in the same place. A press there does nothing for a moment.
export function draw_marking_moves(lists, draw) {
  const before = places_of(lists);
  const were_empty = new Set(lists.filter((list) => !list.children.length));
  draw();
  const now = performance.now();
  for (const list of lists) {
    for (const row of list.children) {
      const old = before.get(`${list.id} ${row.dataset.id}`);
      if (old) row.moved_ms = old.moved_ms;
      const moved = old ? Math.abs(old.top - row.getBoundingClientRect().top) > 1 || old.keys !== keys_of(row) : !were_empty.has(list);
      if (moved) row.moved_ms = now;
    }
  }
}

/// Once for each list: a press that begins on a row just after it was moved is ignored to its end.
export function ignore_hasty_presses(list) {
  let hasty = false;
  list.addEventListener('pointerdown', (event) => {
    const row = [...list.children].find((one) => one.contains(event.target));
    hasty = row?.moved_ms !== undefined && performance.now() - row.moved_ms < k_unsteady_ms;
  }, true);
  list.addEventListener('click', (event) => {
    // By the keyboard or a reader of screens: the focus goes with its row.
    if (!hasty || event.detail === 0) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
}

function replace_keeping_focus(child, made) {
  const focused = child.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  child.replaceWith(made);
  if (focused) made.querySelector(`[data-key="${focused}"]`)?.focus();
}
