import { AccountChoice } from '#components/account-choice';
import { PressOnce } from '#components/press-once';
import { devicePage } from '#lib/devices/index';
import { addressIn, type Language, type Texts } from '#lib/languages/index';
import { Access } from '../access.tsx';
import { AnswerBar, answerForm } from '../answer-bar.tsx';
import { StaysConnected } from '../consent/[uid]/stays-connected.tsx';
import { permissionsOf } from '../permissions.ts';
import type { Device } from './load.ts';
import { Who } from './who.tsx';

type ConfirmProps = { device: Device; texts: Texts; language: Language; lang: string; choose: boolean };

/** The app, the requested permissions, and the two answers with equal weight. */
export function Confirm({ device, texts, language, lang, choose }: ConfirmProps) {
  const { request, scopes, client, standing, person } = device;
  const asked = request.scopes.map((scope) => ({ ...scope, allowedBefore: false }));
  const permissions = request.mayUse ? permissionsOf(asked, scopes, language) : undefined;
  return (
    <>
      <Who device={device} texts={texts} />
      <PressOnce method="post" action={addressIn(lang, '/device/answer')} className={answerForm}>
        <input type="hidden" name="user_code" value={request.userCode} />
        <input type="hidden" name="account" value={person.id} />
        {!request.mayUse && (
          <section aria-labelledby="closed" className="mt-8">
            <h2 id="closed" className="font-semibold">
              {texts.consent.membersOnly.title}
            </h2>
            <p className="mt-2 [overflow-wrap:anywhere]">{texts.device.membersOnly(client.publisher)}</p>
          </section>
        )}
        <Account device={device} texts={texts} lang={lang} />
        {permissions && <Access permissions={permissions} texts={texts} choose={choose} />}
        {permissions && <StaysConnected how={request.staysConnected ? 'lasting' : undefined} texts={texts} />}
        <p className="mt-8 text-sm">
          {request.mayUse && (
            <>
              {texts.device.nextText} {texts.consent.takeBack}{' '}
              <a href="/settings/authorized-apps" target="_blank" rel="noreferrer" className="link tap">
                {texts.consent.authorizedApps}
              </a>
              .{' '}
            </>
          )}
          <a href={`/public/${client.clientId}/info`} target="_blank" rel="noreferrer" className="link tap">
            {texts.consent.moreAbout}
          </a>
        </p>
        <AnswerBar standing={standing} permissions={permissions} texts={texts} />
      </PressOnce>
    </>
  );
}

type AccountProps = { device: Device; texts: Texts; lang: string };

function Account({ device: { person, organizations, request }, texts, lang }: AccountProps) {
  const back = encodeURIComponent(devicePage({ user_code: request.userCode, lang }));
  return (
    <AccountChoice
      words={texts.consent}
      person={person}
      organizations={request.mayUse ? organizations : []}
      switchAt={`/sign-in?again=1&callbackUrl=${back}`}
    />
  );
}
