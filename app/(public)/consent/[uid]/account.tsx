import { AccountChoice } from '#components/account-choice';
import type { Asked } from './load.ts';
import { signInAgain } from './sign-in-again.ts';

export const Account = ({ asked: { request, texts, language, person, organizations } }: { asked: Asked }) => (
  <AccountChoice
    words={texts.consent}
    person={person}
    organizations={organizations}
    before={request.organizationId}
    switchAt={signInAgain({ uid: request.uid }, language)}
  />
);
