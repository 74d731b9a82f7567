import { AccountChoice } from '#components/account-choice';
import type { Texts } from '#lib/languages/index';
import { type Device, pageFor } from './load.ts';

type AccountProps = { device: Device; texts: Texts; lang: string };

export function Account({ device: { person, organizations, request }, texts, lang }: AccountProps) {
  const back = encodeURIComponent(pageFor({ user_code: request.userCode, lang }));
  return (
    <AccountChoice
      words={texts.consent}
      person={person}
      organizations={request.mayUse ? organizations : []}
      switchAt={`/sign-in?again=1&callbackUrl=${back}`}
    />
  );
}
