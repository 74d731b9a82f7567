import Link from 'next/link';
import { Section } from '#components/section';
import type { OwnedClient } from '#lib/clients/index';
import { hasSharedSecret } from '#lib/clients/rules';

type ChecklistProps = {
  client: OwnedClient;
  /** Undefined if the person may not see them. */
  liveSecrets: number | undefined;
};

/** The steps that are still missing before people can use the client, each with the page where it is done. Empty if nothing is missing. */
export function Checklist({ client, liveSecrets }: ChecklistProps) {
  const base = `/clients/${client.clientId}`;
  const people = client.grantTypes.includes('authorization_code');
  const needsSecret = hasSharedSecret(client) && !client.secretOptional;
  const steps = [
    {
      done: !needsSecret || liveSecrets === undefined || liveSecrets > 0,
      href: `${base}/credentials`,
      text: 'Add a secret: the app has none that works.',
    },
    {
      done: !people || client.redirectUris.length > 0,
      href: `${base}/redirects`,
      text: 'Add a redirect URI: users return there.',
    },
    { done: client.scopes.length > 0, href: `${base}/permissions`, text: 'Choose what the app may ask for.' },
    {
      done: client.description !== '',
      href: `${base}/branding`,
      text: 'Describe the app for the people who will be asked.',
    },
    {
      done: !people || (client.policyUri !== null && client.tosUri !== null),
      href: `${base}/branding`,
      text: 'Link your privacy policy and your terms.',
    },
    { done: client.logoHash !== null, href: `${base}/branding`, text: 'Add a logo.' },
  ].filter(({ done }) => !done);
  if (steps.length === 0 || !client.may.edit) return null;
  return (
    <Section title="Before you go live">
      <ul className="grid gap-2">
        {steps.map(({ href, text }) => (
          <li key={text}>
            <Link href={href} className="link">
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
