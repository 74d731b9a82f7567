import { ShownOnce } from '#components/shown-once';
import { SecretValue } from './secret-value.tsx';

type SecretOnceProps = { clientId: string; name: string; value: string };

export function SecretOnce({ clientId, ...secret }: SecretOnceProps) {
  return (
    <ShownOnce title="Store this secret now" href={`/clients/${clientId}/credentials`}>
      <SecretValue clientId={clientId} {...secret} />
    </ShownOnce>
  );
}
