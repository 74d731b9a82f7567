import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export type CheckState = 'yes' | 'no' | 'busy' | 'open';

export type Check = {
  state: CheckState;
  title: string;
  detail?: ReactNode;
  /** The link or button that mends it. */
  action?: ReactNode;
};

const words: Record<CheckState, string> = { yes: 'Done: ', no: 'Failed: ', busy: 'Waiting: ', open: 'To do: ' };

/** What is done and what is not, each with its fix. `grid` sets them side by side at the foot of a panel. */
export function Checklist({ checks, grid = false }: { checks: readonly Check[]; grid?: boolean }) {
  return (
    <ol aria-live="polite" className={grid ? 'checklist checklist-grid' : 'checklist'}>
      {checks.map(({ state, title, detail, action }, index) => (
        <li key={title} className={state === 'yes' ? 'done' : undefined}>
          <Tick state={state} number={index + 1} />
          <span className="min-w-0 flex-1">
            <span className="block font-medium">
              <span className="sr-only">{words[state]}</span>
              {title}
            </span>
            {detail && <span className={state === 'no' ? 'text-bad' : 'text-soft'}>{detail}</span>}
          </span>
          {action}
        </li>
      ))}
    </ol>
  );
}

const looks: Record<CheckState, string> = { yes: 'tick-yes', no: 'tick-no', busy: 'tick-busy', open: '' };

/** The circle before an entry; it only repeats what is said in words. */
export function Tick({ state, number, now = false }: { state: CheckState; number?: number; now?: boolean }) {
  return (
    <span aria-hidden="true" className={`tick ${now ? 'tick-now' : looks[state]}`}>
      {state === 'yes' && <Icon name="check" />}
      {state === 'no' && <Icon name="x" />}
      {state === 'open' && number}
    </span>
  );
}
