import { type ReactNode, useId } from 'react';

type LongNameProps = {
  name: string;
  /** The text of the control that shows the whole name. */
  more: string;
  className?: string;
  /** Follows the name. */
  children?: ReactNode;
};

/** Names of more characters may need more than three lines. */
const longFrom = 80;

/** The name of an app, cut after three lines; one click shows the whole name, also without JavaScript. */
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
