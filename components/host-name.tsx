import { Fragment } from 'react';

/** A host or a domain; where it does not fit in one line it breaks before a dot, so that its end can be read. */
export function HostName({ name }: { name: string }) {
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
