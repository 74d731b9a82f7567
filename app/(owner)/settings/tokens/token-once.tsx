import { SecretText } from '#components/secret-text';
import { ShownOnce } from '#components/shown-once';

export function TokenOnce({ name, value }: { name: string; value: string }) {
  return (
    <ShownOnce title="Store this token now" href="/settings/tokens">
      <p className="mb-4 text-soft [overflow-wrap:anywhere]">
        “{name}” is shown here and never again: not after a reload, and not to us. Whoever has it can do in your name
        what it allows.
      </p>
      <SecretText label="token">{value}</SecretText>
      <p className="mt-4 mb-1 text-sm text-soft">Programs send it along with each request:</p>
      <code className="font-mono text-sm [overflow-wrap:anywhere]">Authorization: Bearer clt_pat_…</code>
    </ShownOnce>
  );
}
