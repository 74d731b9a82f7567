import { Checkbox } from '#components/checkbox';
import { Field } from '#components/field';
import { FieldGroup } from '#components/field-group';
import { Select } from '#components/select';
import { Stack } from '#components/stack';
import { type LifetimeUnit, lifetimeUnits } from '#lib/clients/rules';
import { tableOf } from '#lib/kernel/table';
import { type FormState, shown, shownAll, ticked, type Values } from '#lib/portal/forms';
import { grantWords, optionsOf } from '../../words.ts';

type PartProps = { state: FormState; kept: Values };

const lineFor = tableOf({
  authorization_code: 'A person signs in and agrees; the app gets a code at its redirect URI.',
  refresh_token:
    'The app gets a refresh token with each authorization, also without offline_access: it stays connected after its access token has run out.',
  client_credentials: 'The app acts for itself; no person is involved.',
  'urn:ietf:params:oauth:grant-type:device_code': 'A person confirms a short code on another screen.',
} satisfies Record<keyof typeof grantWords, string>);

/** The grant types of a client and the lifetimes of its tokens. */
export function Flow({ state, kept }: PartProps) {
  const errors = state.status === 'invalid' ? state.fields.grantTypes : undefined;
  return (
    <Stack>
      <FieldGroup legend="Grant types" errors={errors}>
        <div className="mt-2 grid gap-4 sm:grid-cols-2">
          {optionsOf(grantWords).map(({ value, label }) => (
            <Checkbox
              key={value}
              label={label}
              hint={lineFor(value)}
              {...ticked(state, 'grantTypes', kept.grantTypes?.includes(value) ?? false, value)}
              errors={undefined}
            />
          ))}
        </div>
      </FieldGroup>
      <div className="grid gap-6 sm:grid-cols-2">
        <Lifetime legend="Access tokens last" name="accessTokenLifetimeSeconds" state={state} kept={kept} />
        <Lifetime legend="Refresh tokens last" name="refreshTokenLifetimeSeconds" state={state} kept={kept} />
      </div>
    </Stack>
  );
}

const unitWords: Record<LifetimeUnit, string> = {
  seconds: 'seconds',
  minutes: 'minutes',
  hours: 'hours',
  days: 'days',
};
const unitOptions = lifetimeUnits.map((value) => ({ value, label: unitWords[value] }));

function Lifetime({ legend, name, state, kept }: PartProps & { legend: string; name: string }) {
  const { errors, defaultValue } = shown(state, name, kept[name]?.[0]);
  const [, unit = 'seconds'] = shownAll(state, name, kept[name] ?? []);
  return (
    <FieldGroup legend={legend} errors={errors}>
      <div className="grid grid-cols-2 gap-2">
        <Field label={`${legend}: number`} hideLabel name={name} defaultValue={defaultValue} inputMode="decimal" />
        <Select label={`${legend}: unit`} hideLabel name={name} defaultValue={unit} options={unitOptions} />
      </div>
    </FieldGroup>
  );
}
