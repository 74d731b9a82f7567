/** A time in UTC; the exact value is in the attribute. */
export function Moment({ at, date = false }: { at: Date; date?: boolean }) {
  const text = at.toLocaleString('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(!date && { hour: '2-digit', minute: '2-digit' }),
  });
  return (
    <time dateTime={at.toISOString()} className={date ? 'whitespace-nowrap' : undefined}>
      {text}
      {!date && ' UTC'}
    </time>
  );
}
