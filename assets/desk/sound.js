// The tones: one for an arrival, another for a call, a low one when the page is cut off. Made here, no files. A browser
// lets a page sound only after somebody touched it: until then the button says so.

// Hertz and the second at which each note begins.
const k_tunes = {
  arrival: [[659, 0], [880, 0.16]],
  call: [[988, 0], [784, 0.2], [988, 0.4], [784, 0.6]],
  lost: [[330, 0], [262, 0.3]],
};
const k_note_s = 0.55;
const k_loudness = 0.25;

let m_context = null;
let m_wanted = true;
let m_changed = () => {};

export function on_sound_changed(listener) {
  m_changed = listener;
}

/// 'on', 'off' (by choice), 'locked' (the browser waits for a touch)
export function sound_state() {
  if (!m_wanted) return 'off';
  return m_context?.state === 'running' ? 'on' : 'locked';
}

/// To be called while a touch or a key is handled.
export async function unlock() {
  try {
    if (!m_context) {
      m_context = new AudioContext();
      m_context.addEventListener('statechange', () => m_changed());
    }
    await m_context.resume();
  } catch {
    m_context = null;
  }
  m_changed();
}

export async function toggle() {
  if (sound_state() === 'locked') {
    await unlock();
  } else {
    m_wanted = !m_wanted;
  }
  if (sound_state() === 'on') ring('arrival');
  m_changed();
}

export function ring(tune) {
  if (sound_state() !== 'on') return;
  const start = m_context.currentTime + 0.02;
  for (const [pitch, after] of k_tunes[tune]) {
    const note = m_context.createOscillator();
    const loudness = m_context.createGain();
    note.type = 'sine';
    note.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, start + after);
    loudness.gain.linearRampToValueAtTime(k_loudness, start + after + 0.015);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + after + k_note_s);
    note.connect(loudness).connect(m_context.destination);
    note.start(start + after);
    note.stop(start + after + k_note_s);
  }
}
