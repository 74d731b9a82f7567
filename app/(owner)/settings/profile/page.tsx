import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { Chip } from '#components/chip';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { Section } from '#components/section';
import { tableOf } from '#lib/kernel/table';
import { requireContext } from '#lib/portal/session';
import { getProfile } from '#lib/users/index';
import { ConfirmAddressForm, EmailForm, NameForm, PasswordForm } from './forms.tsx';

export const metadata: Metadata = { title: 'Profile' };

const done = tableOf({
  password: 'Your password is changed. Every other browser was signed out.',
  address: 'Your address is confirmed.',
  linked: 'From now on you can sign in that way too.',
});

export default page(async function ProfilePage({ searchParams }: PageProps<'/settings/profile'>) {
  const message = done((await searchParams).done);
  const { email, emailVerifiedAt, name, hasPassword } = await getProfile(await requireContext('/settings/profile'));
  return (
    <Page title="Profile">
      {message && (
        <div className="mb-6">
          <Notice tone="good">{message}</Notice>
        </div>
      )}
      <Section title="Name">
        <NameForm name={name} />
      </Section>
      <Section
        title="E-mail address"
        lead={
          <span className="flex flex-wrap items-center gap-2 break-all">
            {email}
            <Chip tone={emailVerifiedAt ? 'good' : 'warn'}>{emailVerifiedAt ? 'Confirmed' : 'Not confirmed'}</Chip>
          </span>
        }
      >
        {!emailVerifiedAt && <ConfirmAddressForm />}
        <EmailForm hasPassword={hasPassword} />
      </Section>
      <Section title="Password" lead={hasPassword ? 'Changing it signs out every other browser.' : undefined}>
        <PasswordForm hasPassword={hasPassword} email={email} />
      </Section>
    </Page>
  );
});
