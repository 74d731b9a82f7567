import { Fragment } from 'react';

type HostNameProps = {
  name: string;
  /** The registrable domain (`example.com`). The labels before it are shown less prominently; the domain moves to its own line before it breaks. */
  owned?: string | undefined;
};

/** A host or domain. If it does not fit in one line, it breaks before a dot, so that its end stays readable. */
export function HostName({ name, owned }: HostNameProps) {
  const at = owned === undefined ? -1 : name.lastIndexOf(`.${owned}`);
  if (at < 1) return <Breaking name={name} />;
  return (
    <>
      <span className="font-normal text-soft">
        <Breaking name={name.slice(0, at)} />.
      </span>
      <span className="inline-block max-w-full">
        <Breaking name={name.slice(at + 1)} />
      </span>
    </>
  );
}

function Breaking({ name }: { name: string }) {
  const labels = name.split('.');
  return labels.map((label, at) => (
    <Fragment key={labels.slice(0, at + 1).join('.')}>
      {at > 0 && (
        <>
          <wbr />.
        </>
      )}
      {label}
    </Fragment>
  ));
}
