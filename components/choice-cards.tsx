import { FieldGroup } from './field-group.tsx';

type Card = { value: string; label: string; line: string };
type ChoiceCardsProps = {
  legend: string;
  name: string;
  cards: readonly Card[];
  defaultValue?: string | undefined;
  errors?: readonly string[] | undefined;
  /** Three columns instead of two on wide screens. */
  three?: boolean;
};

/** A choice of one among a few, each with a line of explanation. */
export function ChoiceCards({ legend, name, cards, defaultValue, errors, three }: ChoiceCardsProps) {
  return (
    <FieldGroup legend={legend} errors={errors}>
      <div className={three ? 'choices choices-three' : 'choices'}>
        {cards.map(({ value, label, line }) => (
          <label key={value} className="choice">
            <input type="radio" name={name} value={value} defaultChecked={value === defaultValue} />
            <span className="min-w-0">
              <span className="block font-medium">{label}</span>
              <span className="choice-line block">{line}</span>
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
