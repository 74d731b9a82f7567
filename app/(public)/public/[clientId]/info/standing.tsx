import { standingLooks } from '#components/standing-badge';
import type { Texts } from '#lib/languages/index';
import type { Standing } from '#lib/public-info/index';

type StandingProps = { standing: Standing; texts: Texts };

/** What the standing means for whoever is asked, in a sentence. */
export function StandingNotice({ standing, texts }: StandingProps) {
  return (
    <p className={`mt-6 rounded-card border-l-4 px-4 py-3 ${standingLooks[standing].tone}`}>
      {texts.standing[standing].text}
    </p>
  );
}
