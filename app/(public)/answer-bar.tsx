import { Button } from '#components/button';
import { StandingBadge } from '#components/standing-badge';
import type { Texts } from '#lib/languages/index';
import type { Standing } from '#lib/public-info/index';
import type { Permissions } from './permissions.ts';

type AnswerBarProps = {
  standing: Standing;
  /** Undefined if the person cannot allow anything. */
  permissions: Permissions | undefined;
  texts: Texts;
};

/** The class of the form (`display: contents`): the bar stays visible while the form is below the fold. */
export const answerForm = 'contents';

/** The number of permissions, the app's standing and the two answers with equal weight. It is always visible. */
export function AnswerBar({ standing, permissions, texts }: AnswerBarProps) {
  const { cancel, allow, permissions: inNumbers } = texts.consent;
  return (
    <div className="answer-bar sticky bottom-0 z-2 -mx-4 mt-8 border-t border-line bg-canvas px-4 py-3 sm:-mx-6 sm:px-6">
      {permissions && (
        <p className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm font-medium">
          <span className={permissions.farReaching > 0 ? 'text-danger' : ''}>
            {inNumbers(permissions.count, permissions.farReaching)}
          </span>
          <StandingBadge small standing={standing} words={texts.standing} />
        </p>
      )}
      <div className="grid auto-cols-fr grid-flow-col gap-4">
        <Button type="submit" name="decision" value="cancel" variant="secondary">
          {cancel}
        </Button>
        {permissions && (
          <Button type="submit" name="decision" value="allow" variant="secondary">
            {allow}
          </Button>
        )}
      </div>
    </div>
  );
}
