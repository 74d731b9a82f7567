import { buttonClass } from '#components/button';
import { SecretText } from '#components/secret-text';

type SecretValueProps = { clientId: string; name: string; value: string };

export function SecretValue({ clientId, name, value }: SecretValueProps) {
  const settings = `CLIENT_ID=${clientId}\nCLIENT_SECRET=${value}\n`;
  return (
    <>
      <p className="text-soft [overflow-wrap:anywhere]">
        This is the only time “{name}” is shown. Store it on your server, never in a browser or an installed app.
      </p>
      <dl className="mt-4 grid gap-3">
        {[
          ['Client ID', clientId],
          ['Client secret', value],
        ].map(([label, text = '']) => (
          <div key={label}>
            <dt className="text-sm text-soft">{label}</dt>
            <dd className="mt-1">
              <SecretText label={label ?? ''}>{text}</SecretText>
            </dd>
          </div>
        ))}
      </dl>
      <a
        href={`data:text/plain;charset=utf-8,${encodeURIComponent(settings)}`}
        download="clientele.env"
        className={`mt-4 ${buttonClass('secondary')}`}
      >
        Download as .env
      </a>
    </>
  );
}
