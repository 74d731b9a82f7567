'use client';

import { useRouter } from 'next/navigation';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '#components/button';
import { Dialog } from '#components/dialog';
import { Section } from '#components/section';
import { SecretValue } from './secret-value.tsx';

type SecretOnceProps = { clientId: string; name: string; value: string };

const never = () => () => undefined;
const title = 'Store this secret now';

/** Shown once: in a dialog that only its own button closes; without JavaScript, in the page. */
export function SecretOnce({ clientId, name, value }: SecretOnceProps) {
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [stored, setStored] = useState(false);
  const router = useRouter();
  const content = <SecretValue clientId={clientId} name={name} value={value} />;
  if (stored) return null;
  if (!scripted) return <Section title={title}>{content}</Section>;
  const close = () => {
    setStored(true);
    router.replace(`/clients/${clientId}/credentials`, { scroll: false });
  };
  return (
    <Dialog title={title} open firm>
      {content}
      <Button className="mt-6 w-full" onClick={close}>
        I have stored it
      </Button>
    </Dialog>
  );
}
