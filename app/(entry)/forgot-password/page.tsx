import type { Metadata } from 'next';
import { Page } from '#components/page';
import { ForgotPasswordForm } from './form.tsx';

export const metadata: Metadata = { title: 'Forgotten password' };

export default function ForgotPasswordPage() {
  return (
    <Page
      title="Forgotten password"
      lead="Enter your e-mail address. We send you a link to choose a new password."
      back={{ href: '/sign-in', label: 'Sign in' }}
      width="narrow"
    >
      <ForgotPasswordForm />
    </Page>
  );
}
