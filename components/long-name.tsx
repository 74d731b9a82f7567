import { type ReactNode, useId } from 'react';

type LongNameProps = {
  name: string;
  /** What opens the rest of a name that is cut. */
  more: string;
  className?: string;
  /** Stands behind the name. */
  children?: ReactNode;
};

/** From here on a name may fill more than the three lines that it gets. */
const longFrom = 80;

/** The name of an app, cut after three lines; the whole of it is one press away, also without JavaScript. */
export function LongName({ name, more, className = '', children }: LongNameProps) {
  const id = useId();
  const whole = <bdi className="[overflow-wrap:anywhere]">{name}</bdi>;
  if (name.length <= longFrom)
    return (
      <span className={`min-w-0 ${className}`}>
        {whole} {children}
      </span>
    );
  return (
    <span className={`min-w-0 ${className}`}>
      <input type="checkbox" id={id} aria-label={more} className="peer absolute size-px opacity-0" />
      <bdi className="line-clamp-3 [overflow-wrap:anywhere] peer-checked:line-clamp-none">{name}</bdi> {children}
      <label
        htmlFor={id}
        className="link tap block w-fit text-sm font-normal peer-checked:hidden peer-focus-visible:outline-2 peer-focus-visible:outline-accent"
      >
        {more}
      </label>
    </span>
  );
}
