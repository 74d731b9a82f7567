import { type ComponentProps, useId } from 'react';
import { describedBy, FieldErrors, type FieldText } from './field-frame.tsx';

type ChoiceProps = Omit<FieldText, 'hideLabel' | 'optional'> &
  Omit<ComponentProps<'input'>, 'name' | 'type'> & { name: string };

function Choice({ type, label, hint, errors, ...input }: ChoiceProps & { type: 'checkbox' | 'radio' }) {
  const own = useId();
  const id = input.id ?? own;
  return (
    <div className="flex min-w-0 gap-3">
      <input
        {...input}
        {...describedBy(id, { hint, errors })}
        type={type}
        id={id}
        className="mt-1 size-4 shrink-0 accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-soft">
            {hint}
          </p>
        )}
        <FieldErrors id={id} errors={errors} />
      </div>
    </div>
  );
}

export const Checkbox = (props: ChoiceProps) => <Choice type="checkbox" {...props} />;
export const Radio = (props: ChoiceProps) => <Choice type="radio" {...props} />;
