import { Checkbox } from '#components/checkbox';
import { Field } from '#components/field';
import { Select } from '#components/select';
import { Stack } from '#components/stack';
import { TextArea } from '#components/text-area';
import { type FormState, shown, ticked, type Values } from '#lib/portal/forms';
import { authWords, optionsOf } from '../../words.ts';
import { errorsUnder } from './other-errors.ts';

/** How a client authenticates at the token endpoint. CSS hides the controls of the other methods. */
export function Authentication({ state, kept }: { state: FormState; kept: Values }) {
  const one = (name: string) => shown(state, name, kept[name]?.[0]);
  const box = (name: string) => ticked(state, name, kept[name]?.includes('on') ?? false);
  const method = one('tokenEndpointAuthMethod');
  const jwks = { ...one('jwks'), errors: errorsUnder(state, 'jwks') };
  const jwksUri = one('jwksUri');
  const keysInUse = [jwks, jwksUri].some(({ defaultValue, errors }) => defaultValue !== '' || errors?.length);
  const hadSecret = kept.tokenEndpointAuthMethod?.[0] !== 'none';
  return (
    <Stack>
      <Select
        label="Authentication method"
        hint={hadSecret ? 'Changing it to “None” revokes every secret of this app at once.' : undefined}
        options={optionsOf(authWords)}
        {...method}
      />
      <div className={keysInUse ? '' : 'hidden group-has-[option[value^=private]:checked]/form:block'}>
        <Stack>
          <Field
            label="Address of the public keys (jwks_uri)"
            hint="https; fetched when a key is unknown, so that keys can change. Give the address or the keys, not both."
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            className="font-mono text-sm"
            {...jwksUri}
          />
          <TextArea
            label="Public keys (jwks)"
            hint="A JSON Web Key Set, or one key of it. Never paste a private key."
            rows={8}
            spellCheck={false}
            className="font-mono text-sm"
            {...jwks}
          />
        </Stack>
      </div>
      <Checkbox
        label="Require PKCE (S256)"
        hint="Protects the code on its way. Always required of an app without a secret."
        {...box('requirePkce')}
      />
      <Checkbox
        label="May also come without its secret"
        hint="For an app with a server and an installed part: a secret that is sent is verified; without one, PKCE is required."
        {...box('secretOptional')}
      />
    </Stack>
  );
}
