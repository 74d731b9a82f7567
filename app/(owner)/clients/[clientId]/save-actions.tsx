'use client';

import { buttonClass } from '#components/button';
import { FormActions } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { type FormState, versionOf } from '#lib/portal/forms';

type SaveActionsProps = { state: FormState; version: number /** The form's own page. */; href: string };

/** The end of a client's form: the version that it is about, and after a conflict both ways on. */
export function SaveActions({ state, version, href }: SaveActionsProps) {
  const conflict = state.status === 'conflict';
  return (
    <FormActions>
      <input type="hidden" name="version" value={versionOf(state, version)} />
      <SubmitButton>{conflict ? 'Save mine over it' : 'Save'}</SubmitButton>
      {conflict && (
        // Not a link of the router: the form has to forget what was typed.
        <a href={href} className={buttonClass('secondary')}>
          Take theirs
        </a>
      )}
    </FormActions>
  );
}
