'use client';

import { type ComponentProps, useEffect, useRef, useState } from 'react';

const doubleClickMs = 1500;
/** After this time the browser has left for the next page, unless the answer opened an app and this page stays. */
const staysAfterMs = 4000;

type PressOnceProps = ComponentProps<'form'> & {
  /** Replaces the form if the page stays open, because the answer opened an app. */
  sent?: { title: string; text: string };
};

/** A form whose answer leaves the page. A double click sends it once. Without JavaScript it is a plain form. */
export function PressOnce({ children, sent, ...form }: PressOnceProps) {
  const sentAt = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const message = useRef<HTMLDivElement>(null);
  const [stays, setStays] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (stays) message.current?.focus();
  }, [stays]);
  return (
    <>
      <form
        {...form}
        hidden={stays}
        onSubmit={(event) => {
          if (event.timeStamp - sentAt.current < doubleClickMs) return event.preventDefault();
          sentAt.current = event.timeStamp;
          clearTimeout(timer.current);
          if (sent) timer.current = setTimeout(() => setStays(true), staysAfterMs);
        }}
      >
        {children}
      </form>
      {stays && sent && (
        <div ref={message} tabIndex={-1} className="mt-8 outline-none">
          <h2 className="text-xl font-semibold">{sent.title}</h2>
          <p className="mt-2">{sent.text}</p>
        </div>
      )}
    </>
  );
}
