import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { findInvitation, judgeInvitee, type OfferedInvitation } from '#lib/invitations/index';
import { roleTexts } from '#lib/members/rules';
import { currentContext } from '#lib/portal/session';
import { AcceptForm, OtherAccountForm } from './form.tsx';

export const metadata: Metadata = { title: 'Invitation', referrer: 'same-origin' };

/** The page of an invitation's link. Opening it changes nothing, because mail scanners open links too; the button accepts. */
export default page(async function InvitationPage({ searchParams }: PageProps<'/invitations'>) {
  const token = String((await searchParams).token ?? '');
  const ctx = await currentContext();
  const invitation = await findInvitation(ctx, token);
  if (!invitation)
    return (
      <Page title="This invitation is not valid" width="narrow">
        <Notice tone="warn">It was accepted or withdrawn, is older than seven days, or the link is incomplete.</Notice>
        <p className="mt-6 text-soft">Ask the person who invited you for a new one.</p>
      </Page>
    );
  const { organizationName, invitedByName, role } = invitation;
  const verdict = ctx.actor.kind === 'person' ? await judgeInvitee(ctx, invitation) : 'signed_out';
  return (
    <Page
      title={`Join ${organizationName}`}
      lead={
        <>
          {invitedByName} invites you as {roleTexts[role].title.toLowerCase()}: {roleTexts[role].description}
        </>
      }
      width="narrow"
    >
      {verdict === 'ready' ? <AcceptForm token={token} /> : <NextStep {...{ verdict, token, invitation }} />}
    </Page>
  );
});

type NextStepProps = {
  verdict: 'signed_out' | 'other_address' | 'unverified';
  token: string;
  invitation: OfferedInvitation;
};

/** What the person must do before they can accept. */
function NextStep({ verdict, token, invitation }: NextStepProps) {
  const way = `?callbackUrl=${encodeURIComponent(`/invitations?token=${token}`)}`;
  if (verdict === 'unverified')
    return (
      <Notice tone="warn">
        Confirm your e-mail address first: follow the link in the mail that came when you signed up, or{' '}
        <Link href="/settings/profile" className="link">
          ask for a new one
        </Link>
        . Then open this page again.
      </Notice>
    );
  return (
    <>
      <p className="mb-6">
        {verdict === 'other_address' && 'You are signed in with another address. '}
        The invitation was sent to <strong className="break-all">{invitation.email}</strong>: use an account of that
        address.
      </p>
      {verdict === 'other_address' ? (
        <OtherAccountForm token={token} />
      ) : (
        <div className="flex flex-wrap gap-3">
          <Link href={`/sign-in${way}`} className={buttonClass()}>
            Sign in
          </Link>
          <Link href={`/sign-up${way}`} className={buttonClass('secondary')}>
            Create an account
          </Link>
        </div>
      )}
    </>
  );
}
