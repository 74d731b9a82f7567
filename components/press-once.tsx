'use client';

import { type ComponentProps, useRef } from 'react';

const doubleClickMs = 1500;

/** A form that leads to another site: a button that is pressed twice in haste is pressed once. Without JavaScript it is a plain form. */
export function PressOnce({ children, ...form }: ComponentProps<'form'>) {
  const sentAt = useRef(Number.NEGATIVE_INFINITY);
  return (
    <form
      {...form}
      onSubmit={(event) => {
        if (event.timeStamp - sentAt.current < doubleClickMs) event.preventDefault();
        else sentAt.current = event.timeStamp;
      }}
    >
      {children}
    </form>
  );
}
