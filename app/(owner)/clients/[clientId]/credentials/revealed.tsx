import { Notice } from '#components/notice';
import type { takeReveal } from '#lib/secrets/index';
import { SecretOnce } from './secret-once.tsx';

type RevealedProps = { clientId: string; taken: Awaited<ReturnType<typeof takeReveal>> };

/** A secret on its one way to its owner, or why it cannot be shown. */
export function Revealed({ clientId, taken }: RevealedProps) {
  if (taken?.secret.clientId === clientId)
    return <SecretOnce clientId={clientId} name={taken.secret.name} value={taken.value} />;
  return (
    <div className="mb-6">
      <Notice tone="warn">
        The secret has been shown and cannot be shown again. If you did not store it, make another one and revoke it.
      </Notice>
    </div>
  );
}
