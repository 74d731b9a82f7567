'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

type Toast = { id: number; text: string; undo?: (() => void) | undefined };

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

const none: readonly Toast[] = [];
const dismiss = (id: number) => change(toasts.filter((toast) => toast.id !== id));

/** Says that something is done that can be reversed, or copied. Errors and acts of security stand in the page instead. */
export function showToast(text: string, undo?: () => void): void {
  lastId += 1;
  change([...toasts.slice(-2), { id: lastId, text, undo }]);
}

/** Where toasts appear; once in a root layout, so that screen readers know the region before it speaks. */
export function Toasts() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  );
  return (
    <div role="status" aria-label="Messages" className="toasts">
      {shown.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

const shownMs = 8000;

/** The time stops while the pointer or the focus is on it. */
function ToastLine({ toast: { id, text, undo } }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  const left = useRef(shownMs);
  useEffect(() => {
    if (held) return;
    const began = performance.now();
    const timer = setTimeout(() => dismiss(id), left.current);
    return () => {
      clearTimeout(timer);
      left.current -= performance.now() - began;
    };
  }, [held, id]);
  const hold = () => setHeld(true);
  const release = () => setHeld(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointer and focus only pause the timer; the button inside is the control
    <div className="toast" onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
      <span className="fill">{text}</span>
      {undo && (
        <button
          type="button"
          onClick={() => {
            dismiss(id);
            undo();
          }}
        >
          Undo
        </button>
      )}
    </div>
  );
}
