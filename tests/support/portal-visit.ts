import { inject } from 'vitest';
import type { Person } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { cookieNamed, writeSessionCookie } from '#lib/portal/session-cookie';
import { startSession } from '#lib/sessions/index';
import { blankPage } from './browser.ts';

const { url, dataFolder } = inject('portal');
Object.assign(process.env, { PORT: new URL(url).port, CLIENTELE_DATA: dataFolder });

export type Visitor = (path: string, init?: RequestInit) => Promise<Response>;

/** The cookie of a new session in the tested portal. */
export const sessionCookieOf = async (ctx: Context, { userId }: Person) =>
  writeSessionCookie(await startSession(ctx, userId, { userAgent: 'test' }));

/** Requests pages without a browser; signed in if the actor is a person. */
export async function visitorOf(ctx: Context): Promise<Visitor> {
  const cookie =
    ctx.actor.kind === 'person' ? `${cookieNamed('session')}=${await sessionCookieOf(ctx, ctx.actor)}` : '';
  return (path, init = {}) =>
    fetch(new URL(path, url), { ...init, redirect: 'manual', headers: { ...init.headers, cookie, origin: url } });
}

const reader = blankPage();

/** The body that a browser without JavaScript sends for a button of a form with these fields. */
export async function formOf(html: string, button: string, having: Record<string, string> = {}): Promise<FormData> {
  const entries = await (await reader).evaluate(
    ({ html, button, having }) => {
      const forms = [...new DOMParser().parseFromString(html, 'text/html').forms];
      const form = forms.find(
        (one) =>
          [...one.querySelectorAll('button')].some((of) => (of.ariaLabel ?? of.textContent ?? '').startsWith(button)) &&
          Object.entries(having).every(([name, value]) => new FormData(one).get(name) === value),
      );
      return (
        form && [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
      );
    },
    { html, button, having },
  );
  if (!entries) throw new Error(`no form with the button "${button}" in ${html.slice(0, 200)}`);
  const form = new FormData();
  for (const [name = '', value = ''] of entries) form.append(name, value);
  return form;
}
