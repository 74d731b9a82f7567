'use client';

import { buttonClass } from '#components/button';
import { FormActions } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { type FormState, versionOf } from '#lib/portal/forms';

type SaveActionsProps = { state: FormState; version: number /** The form's own page. */; href: string };

/** The end of a client's form: its version and the buttons; after a conflict, both choices. */
export function SaveActions({ state, version, href }: SaveActionsProps) {
  const conflict = state.status === 'conflict';
  return (
    <FormActions>
      <input type="hidden" name="version" value={versionOf(state, version)} />
      <SubmitButton>{conflict ? 'Replace with my changes' : 'Save'}</SubmitButton>
      {conflict && (
        // Not a router link: the form must lose the typed values.
        <a href={href} className={buttonClass('secondary')}>
          Discard my changes
        </a>
      )}
    </FormActions>
  );
}
