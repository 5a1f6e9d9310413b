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

function replace_keeping_focus(child, made) {
  const focused = child.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  child.replaceWith(made);
  if (focused) made.querySelector(`[data-key="${focused}"]`)?.focus();
}
