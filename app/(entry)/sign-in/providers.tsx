import { SubmitButton } from '#components/submit-button';
import { listProviders } from '#lib/identities/index';
import { leaveFor } from './upstream-actions.ts';

/** One button for each other service through which one can sign in. */
export function Providers({ callbackUrl }: { callbackUrl: string }) {
  const providers = listProviders();
  if (providers.length === 0) return null;
  return (
    <form action={leaveFor} className="mt-8 flex flex-col gap-3 border-t border-line pt-8">
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      {providers.map(({ id, name }) => (
        <SubmitButton key={id} variant="secondary" name="provider" value={id}>
          Continue with {name}
        </SubmitButton>
      ))}
    </form>
  );
}
