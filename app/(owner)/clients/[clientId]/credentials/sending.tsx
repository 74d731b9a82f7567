import type { FormState } from '#lib/forms';

type SendingProps = { state: FormState; clientId: string; submissionId: string };

/** What every form of this page sends along; the same form sent twice makes one secret. */
export function Sending({ state, clientId, submissionId }: SendingProps) {
  const typed = 'typed' in state ? state.typed : undefined;
  return (
    <>
      <input type="hidden" name="clientId" value={clientId} />
      <input type="hidden" name="submissionId" value={typed?.submissionId?.[0] ?? submissionId} />
    </>
  );
}
