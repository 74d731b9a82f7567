import type { Texts } from '#lib/languages/index';

type StaysConnectedProps = { how: 'session' | 'lasting' | undefined; texts: Texts };

/** Says that the app gets a refresh token, and how long it is valid. */
export function StaysConnected({ how, texts }: StaysConnectedProps) {
  if (!how) return null;
  const { title, ...lines } = texts.consent.staysConnected;
  return (
    <section aria-labelledby="connected" className="mt-8">
      <h2 id="connected" className="font-semibold">
        {title}
      </h2>
      <p className="mt-2">{lines[how]}</p>
    </section>
  );
}
