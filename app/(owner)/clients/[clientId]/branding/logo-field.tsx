'use client';

import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { Checkbox } from '#components/checkbox';
import { describedBy, FieldFrame } from '#components/field-frame';
import { logoBytesMax, logoMediaTypes } from '#lib/logos/rules';
import { type FormState, ticked } from '#lib/portal/forms';

type LogoFieldProps = {
  state: FormState;
  hasLogo: boolean;
  /** Called with the new logo: an object URL, null for none, undefined for the stored one. */
  onChange: (logo: string | null | undefined) => void;
};

const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** The field refuses a file that is too large before it is sent; the server checks every other rule. */
export function LogoField({ state, hasLogo, onChange }: LogoFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const kept = useRef<FileList | null>(null);
  const [tooBig, setTooBig] = useState<string>();
  const refused = state.status === 'invalid' ? state.fields.logo : undefined;
  const errors = tooBig ? [tooBig] : refused;
  // React resets a sent form: if it was not saved, the field gets its file again.
  useEffect(() => {
    if (state.status === 'saved') {
      kept.current = null;
      onChange(undefined);
    } else if (input.current && kept.current) input.current.files = kept.current;
  }, [state, onChange]);
  const choose = useCallback(
    (currentTarget: HTMLInputElement) => {
      const file = currentTarget.files?.[0];
      const over = file !== undefined && file.size > logoBytesMax;
      setTooBig(over ? `${file.name} has ${mebibytes(file.size)}. The logo may have at most 1 MiB.` : undefined);
      if (over) currentTarget.value = '';
      kept.current = over ? null : copyOf(currentTarget.files);
      onChange(file && !over ? URL.createObjectURL(file) : undefined);
    },
    [onChange],
  );
  // A file may have been chosen before hydration.
  useEffect(() => {
    if (input.current?.files?.length) choose(input.current);
  }, [choose]);
  const hint = 'PNG, JPEG, WebP, GIF or SVG, at most 1 MiB. It is shown at 256 × 256 pixels at most.';
  return (
    <div className="grid gap-3">
      <FieldFrame id={id} label="Logo" optional hint={hint} errors={errors}>
        <input
          ref={input}
          id={id}
          type="file"
          name="logo"
          accept={logoMediaTypes.join(',')}
          onChange={(event) => choose(event.currentTarget)}
          className="control file:mr-3 file:rounded-control file:border-0 file:bg-sunken file:px-3 file:py-1 file:text-ink"
          {...describedBy(id, { hint, errors })}
        />
        {'typed' in state && <p className="mt-1 hidden text-sm text-warn noscript:block">Choose the file once more.</p>}
      </FieldFrame>
      {hasLogo && (
        <Checkbox
          label="Remove the logo and show initials"
          {...ticked(state, 'removeLogo', false)}
          onChange={(event) => !kept.current?.length && onChange(event.currentTarget.checked ? null : undefined)}
        />
      )}
    </div>
  );
}

/** Resetting the form empties the input's own list, so this makes a copy. */
function copyOf(files: FileList | null): FileList | null {
  const copy = new DataTransfer();
  for (const file of files ?? []) copy.items.add(file);
  return copy.files;
}
