import { FieldGroup } from './field-group.tsx';

type Card = { value: string; label: string; line: string };
type RadioCardsProps = {
  legend: string;
  name: string;
  cards: readonly Card[];
  defaultValue?: string | undefined;
  errors?: readonly string[] | undefined;
  /** Three columns instead of two on wide screens. */
  three?: boolean;
};

/** A choice of one among a few, each with a line of explanation. */
export function RadioCards({ legend, name, cards, defaultValue, errors, three }: RadioCardsProps) {
  return (
    <FieldGroup legend={legend} errors={errors}>
      <div className={`mt-2 grid gap-3 ${three ? 'sm:grid-cols-3' : 'sm:grid-cols-2'}`}>
        {cards.map(({ value, label, line }) => (
          <label
            key={value}
            className="flex min-w-0 gap-3 rounded-control border border-line-strong bg-surface p-4 hover:bg-sunken has-checked:border-accent has-checked:bg-tint has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={value === defaultValue}
              className="mt-1 size-4 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0">
              <span className="block font-medium">{label}</span>
              <span className="block text-sm text-soft">{line}</span>
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
