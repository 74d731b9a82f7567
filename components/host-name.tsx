import { Fragment } from 'react';

type HostNameProps = {
  name: string;
  /** The end of it by which its owner is known (`example.com`): what stands before is anybody's choice, and stands back. It goes to a line of its own before it breaks. */
  owned?: string | undefined;
};

/** A host or a domain; where it does not fit in one line it breaks before a dot, so that its end can be read. */
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
