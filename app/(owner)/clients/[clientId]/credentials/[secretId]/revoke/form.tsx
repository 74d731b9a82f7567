'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { buttonClass } from '#components/button';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle } from '#lib/portal/forms';
import { revoke } from '../../actions.ts';

export function RevokeForm({ clientId, secretId }: { clientId: string; secretId: string }) {
  const [state, action] = useActionState(revoke, idle);
  return (
    <form action={action}>
      <input type="hidden" name="clientId" value={clientId} />
      <input type="hidden" name="secretId" value={secretId} />
      <Stack>
        <FormMessage state={state} />
        <FormActions>
          <SubmitButton variant="danger">Revoke now</SubmitButton>
          <Link href={`/clients/${clientId}/credentials`} className={buttonClass('secondary')}>
            Keep it
          </Link>
        </FormActions>
      </Stack>
    </form>
  );
}
