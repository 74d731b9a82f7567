import Link from 'next/link';
import type { ChangeEvent, ReactNode } from 'react';

type SegmentedProps = {
  legend: string;
  name: string;
  options: readonly { value: string; label: ReactNode }[];
  defaultValue: string;
  hideLegend?: boolean;
  onChange?: (event: ChangeEvent<HTMLInputElement>) => void;
};

/** Two or three exclusive values of a form, seen at once. */
export function Segmented({ legend, name, options, defaultValue, hideLegend, onChange }: SegmentedProps) {
  return (
    <fieldset className="min-w-0">
      <legend className={hideLegend ? 'sr-only' : 'field-label mb-1.5'}>{legend}</legend>
      <div className="segmented">
        {options.map(({ value, label }) => (
          <label key={value}>
            <input type="radio" name={name} value={value} defaultChecked={value === defaultValue} onChange={onChange} />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type SegmentedLinksProps = {
  label: string;
  links: readonly { href: string; label: ReactNode; current?: boolean }[];
};

/** Two or three views of the same page. */
export function SegmentedLinks({ label, links }: SegmentedLinksProps) {
  return (
    <nav aria-label={label} className="segmented">
      {links.map(({ href, label: text, current }) => (
        <Link key={href} href={href} prefetch={false} aria-current={current ? 'true' : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
