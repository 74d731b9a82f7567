import { Button } from '#components/button';
import type { Language, Texts } from '#lib/languages/index';
import { Access } from '../consent/[uid]/access.tsx';
import { StaysConnected } from '../consent/[uid]/stays-connected.tsx';
import { Account } from './account.tsx';
import { answerDevice } from './actions.ts';
import type { Device } from './load.ts';
import { Who } from './who.tsx';

type ConfirmProps = { device: Device; texts: Texts; language: Language; lang: string };

/** Who asks for what, and the two answers, of equal weight. */
export function Confirm({ device, texts, language, lang }: ConfirmProps) {
  const { request, scopes, client } = device;
  const asked = request.scopes.map((scope) => ({ ...scope, allowedBefore: false }));
  return (
    <>
      <Who device={device} texts={texts} />
      <form action={answerDevice.bind(null, request.userCode, lang)}>
        {!request.mayUse && (
          <section aria-labelledby="closed" className="mt-8">
            <h2 id="closed" className="font-semibold">
              {texts.consent.membersOnly.title}
            </h2>
            <p className="mt-2 [overflow-wrap:anywhere]">{texts.device.membersOnly(client.publisher)}</p>
          </section>
        )}
        <Account device={device} texts={texts} lang={lang} />
        {request.mayUse && (
          <>
            <Access asked={{ request: { scopes: asked }, scopes, language, texts }} />
            <StaysConnected how={request.staysConnected ? 'lasting' : undefined} texts={texts} />
            <section aria-labelledby="then" className="mt-8">
              <h2 id="then" className="font-semibold">
                {texts.consent.next}
              </h2>
              <p className="mt-2">{texts.device.nextText}</p>
            </section>
          </>
        )}
        <p className="mt-3 text-sm">
          <a href={`/public/${client.clientId}/info`} target="_blank" rel="noreferrer" className="link tap">
            {texts.consent.moreAbout}
          </a>
        </p>
        <div className="answer-bar sticky bottom-0 -mx-4 mt-8 grid auto-cols-fr grid-flow-col gap-4 border-t border-line bg-canvas px-4 py-4 sm:static sm:mx-0 sm:border-0 sm:px-0">
          <Button type="submit" name="decision" value="cancel" variant="secondary">
            {texts.consent.cancel}
          </Button>
          {request.mayUse && (
            <Button type="submit" name="decision" value="allow" variant="secondary">
              {texts.consent.allow}
            </Button>
          )}
        </div>
      </form>
    </>
  );
}
