import { Tick } from './checklist.tsx';

type StepsProps = {
  label: string;
  steps: readonly string[];
  /** Which one it is now, from 0. */
  current: number;
  /** One below the other. */
  down?: boolean;
};

/** Where one is among steps whose order matters. */
export function Steps({ label, steps, current, down = false }: StepsProps) {
  return (
    <ol aria-label={label} className={down ? 'steps steps-down' : 'steps'}>
      {steps.map((step, index) => (
        <li key={step} aria-current={index === current ? 'step' : undefined}>
          <Tick state={index < current ? 'yes' : 'open'} number={index + 1} now={index === current} />
          <span className="step-name truncate">
            {index < current && <span className="sr-only">Done: </span>}
            {step}
          </span>
        </li>
      ))}
    </ol>
  );
}
