import type { Metadata } from 'next';
import { Page } from '#components/page';
import { ForgotPasswordForm } from './form.tsx';

export const metadata: Metadata = { title: 'Forgotten password' };

export default function ForgotPasswordPage() {
  return (
    <Page
      title="Forgotten password"
      lead="Tell us your e-mail address, and we send a link with which you choose a new password."
      back={{ href: '/sign-in', label: 'Sign in' }}
      width="narrow"
    >
      <ForgotPasswordForm />
    </Page>
  );
}
