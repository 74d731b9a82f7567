'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

type Place = { href: string; label: string };

/** The label of the entry that leads to where one is; the longest address counts. */
export function CurrentPlace({ places, other }: { places: readonly Place[]; other: string }) {
  const path = usePathname();
  const [place] = places
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .toSorted((one, two) => two.href.length - one.href.length);
  return place?.label ?? other;
}

/** Closes the popover around it after a step to another page, which leaves the layout as it is. */
export function CloseNavigation() {
  const path = usePathname();
  const mark = useRef<HTMLSpanElement>(null);
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    const popover = mark.current?.closest<HTMLElement>('[popover]');
    if (popover?.matches(':popover-open')) popover.hidePopover();
  }, [path]);
  return <span ref={mark} hidden />;
}
