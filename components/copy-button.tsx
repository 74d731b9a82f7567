'use client';

import { useEffect, useState } from 'react';
import { Button, type ButtonVariant, IconButton } from './button.tsx';

type CopyButtonProps = {
  text: string;
  /** The name of the text; the button's accessible name is "Copy <label>". */
  label: string;
  variant?: ButtonVariant;
  /** Shows only the icon, beside a value. */
  iconOnly?: boolean;
};

/** Hidden without JavaScript: a click then selects the text next to it. */
export function CopyButton({ text, label, variant = 'secondary', iconOnly = false }: CopyButtonProps) {
  const [copied, setCopied] = useState<boolean | undefined>();
  useEffect(() => {
    if (copied === undefined) return;
    const timer = setTimeout(() => setCopied(undefined), 4000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <span className="shrink-0 noscript:hidden">
      {iconOnly ? (
        <IconButton icon={copied ? 'check' : 'copy'} label={`Copy ${label}`} onClick={copy} />
      ) : (
        <Button variant={variant} size="small" onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
          <span className="sr-only"> {label}</span>
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied === true && `Copied ${label}`}
        {copied === false && 'The browser did not allow copying: select the text instead.'}
      </span>
    </span>
  );
}
