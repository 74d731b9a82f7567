'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { FormState } from '#lib/portal/forms';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { SubmitButton } from './submit-button.tsx';

type SaveBarProps = {
  /** The answer to the form: what was saved is no change any more. */
  state: FormState;
  /** What saving does to users. */
  children?: ReactNode;
};

const textOf = (form: HTMLFormElement) =>
  JSON.stringify(
    [...new FormData(form)]
      .filter(([name]) => !name.startsWith('$'))
      .map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
  );

/** Whether a link leads to another place of the same page. */
const isHere = ({ href, hash }: HTMLAnchorElement) =>
  hash !== '' && href.split('#', 1)[0] === window.location.href.split('#', 1)[0];

/**
 * The last thing in a form: appears with the first change, and asks before a link or a closed tab loses the changes. Without
 * JavaScript it is always there.
 */
export function SaveBar({ state, children }: SaveBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const kept = useRef<string>(undefined);
  const leaving = useRef(false);
  const [changed, setChanged] = useState(false);
  const [wanted, setWanted] = useState<string>();

  useEffect(() => {
    const form = bar.current?.closest('form');
    if (!form) return;
    leaving.current = false;
    const compare = () => setChanged(textOf(form) !== kept.current);
    const onReset = () => setTimeout(compare);
    const onSubmit = () => {
      leaving.current = true;
    };
    if (kept.current === undefined || state.status === 'saved') kept.current = textOf(form);
    compare();
    form.addEventListener('input', compare);
    form.addEventListener('reset', onReset);
    form.addEventListener('submit', onSubmit);
    return () => {
      form.removeEventListener('input', compare);
      form.removeEventListener('reset', onReset);
      form.removeEventListener('submit', onSubmit);
    };
  }, [state]);

  useEffect(() => {
    if (!changed) return;
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!leaving.current) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
      if (!link?.href || elsewhere || link.target || link.hasAttribute('download') || isHere(link)) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(link.href);
    };
    window.addEventListener('beforeunload', onUnload);
    window.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      window.removeEventListener('click', onClick, true);
    };
  }, [changed]);

  const discard = () => {
    leaving.current = true;
    if (wanted) window.location.assign(wanted);
  };
  return (
    <>
      <span role="status" className="sr-only">
        {changed && 'You have unsaved changes.'}
      </span>
      <div ref={bar} className={changed ? 'savebar' : 'savebar savebar-idle'}>
        <span className="fill">{children ?? 'Unsaved changes'}</span>
        <Button type="reset" variant="quiet" className="noscript:hidden">
          Discard
        </Button>
        <SubmitButton>Save</SubmitButton>
      </div>
      <Dialog
        title="Discard your changes?"
        open={wanted !== undefined}
        onClose={() => setWanted(undefined)}
        foot={
          <>
            <Button variant="danger" onClick={discard}>
              Discard changes
            </Button>
            <Button onClick={() => setWanted(undefined)}>Keep editing</Button>
          </>
        }
      >
        <p>What you changed on this page is not saved.</p>
      </Dialog>
    </>
  );
}
