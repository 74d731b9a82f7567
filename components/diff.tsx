export type Change = {
  /** The field. */
  label: string;
  removed: readonly string[];
  added: readonly string[];
};

/** The changed middle of two texts: what both begin with, what differs, what both end with. */
export function changedPart(before: string, after: string): [start: string, middle: string, end: string] {
  const one = [...before];
  const two = [...after];
  let start = 0;
  while (start < one.length && start < two.length && one[start] === two[start]) start += 1;
  let end = 0;
  while (
    end < one.length - start &&
    end < two.length - start &&
    one[one.length - 1 - end] === two[two.length - 1 - end]
  )
    end += 1;
  const cut = two.length - end;
  return [two.slice(0, start).join(''), two.slice(start, cut).join(''), two.slice(cut).join('')];
}

/** What changed, field by field: sign and colour, and the changed part of a single value marked. */
export function Diff({ changes, mono = false }: { changes: readonly Change[]; mono?: boolean }) {
  return (
    <dl className="diff">
      {changes.map(({ label, removed, added }) => {
        const [before] = removed;
        const only = removed.length === 1 && added.length === 1 ? before : undefined;
        return (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={mono ? 'font-mono' : undefined}>
              {removed.map((text) => (
                <del key={text}>
                  <span className="sr-only">Removed: </span>
                  <span>{text}</span>
                </del>
              ))}
              {added.map((text) => (
                <ins key={text}>
                  <span className="sr-only">Added: </span>
                  <span>{only === undefined ? text : <Marked parts={changedPart(only, text)} />}</span>
                </ins>
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Marked({ parts: [start, middle, end] }: { parts: readonly [string, string, string] }) {
  return (
    <>
      {start}
      {middle && <mark>{middle}</mark>}
      {end}
    </>
  );
}
