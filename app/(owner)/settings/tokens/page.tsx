import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Empty } from '#components/empty';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { SecretText } from '#components/secret-text';
import { ShownOnce } from '#components/shown-once';
import { requireContext } from '#lib/portal/session';
import { listTokens, takeTokenReveal } from '#lib/tokens/index';
import { TokenTable } from './token-table.tsx';

function TokenOnce({ name, value }: { name: string; value: string }) {
  return (
    <ShownOnce title="Store this token now" href="/settings/tokens">
      <p className="mb-4 text-soft [overflow-wrap:anywhere]">
        This is the only time “{name}” is shown. Anyone who has it can act in your name, within its scopes.
      </p>
      <SecretText label="token">{value}</SecretText>
      <p className="mt-4 mb-1 text-sm text-soft">Programs send it with each request:</p>
      <code className="font-mono text-sm [overflow-wrap:anywhere]">Authorization: Bearer clt_pat_…</code>
    </ShownOnce>
  );
}

export const metadata: Metadata = { title: 'API tokens' };

export default page(async function TokensPage({ searchParams }: PageProps<'/settings/tokens'>) {
  const { reveal } = await searchParams;
  const ctx = await requireContext('/settings/tokens');
  // Read before the list, so that the list contains the shown token.
  const shown = typeof reveal === 'string' ? await takeTokenReveal(ctx, reveal) : undefined;
  const tokens = await listTokens(ctx);
  const create = (
    <Link href="/settings/tokens/new" className={buttonClass()}>
      New token
    </Link>
  );
  return (
    <Page
      title="API tokens"
      lead={
        <>
          With a token your own programs use the{' '}
          <Link href="/docs/api" className="link">
            API
          </Link>{' '}
          in your name, in one organization and within the scopes you choose.
        </>
      }
      width="wide"
      actions={tokens.length > 0 && create}
    >
      {shown && <TokenOnce name={shown.token.name} value={shown.value} />}
      {reveal !== undefined && !shown && (
        <div className="mb-6">
          <Notice tone="warn">
            The token has been shown and cannot be shown again. If you did not store it, make another one and revoke it.
          </Notice>
        </div>
      )}
      {tokens.length > 0 ? (
        <TokenTable tokens={tokens} caption="Your API tokens, newest first" />
      ) : (
        <Empty title="No token yet" action={create}>
          <p>Make one for a script, a build server, or the command line of your own.</p>
        </Empty>
      )}
    </Page>
  );
});
