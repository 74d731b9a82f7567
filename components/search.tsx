'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Icon } from './icon.tsx';

type SearchProps = {
  /** The page that lists what is found. */
  action: string;
  name?: string;
  label: string;
  placeholder?: string;
  defaultValue?: string;
  /** The other parameters of the address that a search keeps: filters, sort. */
  kept?: Record<string, string>;
};

const waitMs = 150;

/** Filters a list while one types, and keeps the query in the address; without JavaScript, Enter does. `/` moves the focus here. */
export function Search({ action, name = 'q', label, placeholder, defaultValue = '', kept = {} }: SearchProps) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const from = event.target instanceof HTMLElement ? event.target : undefined;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (from?.matches('input, textarea, select') || from?.isContentEditable) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      clearTimeout(timer.current);
    };
  }, []);
  const search = (text: string) => {
    const query = new URLSearchParams({ ...kept, ...(text.trim() && { [name]: text.trim() }) }).toString();
    router.replace(query ? `${action}?${query}` : action, { scroll: false });
  };
  return (
    <form
      action={action}
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        clearTimeout(timer.current);
        search(input.current?.value ?? '');
      }}
    >
      {Object.entries(kept).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <label className="search">
        <span className="sr-only">{label}</span>
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          name={name}
          defaultValue={defaultValue}
          placeholder={placeholder}
          autoComplete="off"
          onChange={({ target }) => {
            clearTimeout(timer.current);
            timer.current = setTimeout(() => search(target.value), waitMs);
          }}
        />
      </label>
    </form>
  );
}
