type ChartProps = {
  /** What is counted, and over which time: "Tokens, last 30 days". */
  label: string;
  /** One number a step, the oldest first. */
  values: readonly number[];
  /** The first and the last step. */
  from: string;
  to: string;
  kind?: 'line' | 'bar';
  small?: boolean;
};

const width = 300;

const round = (value: number) => Math.round(value * 10) / 10;

/** The chart in words, for those who do not see it. */
export function chartInWords({ label, values, from, to }: Omit<ChartProps, 'kind' | 'small'>): string {
  const text = (value: number | undefined) => (value ?? 0).toLocaleString('en');
  const least = text(Math.min(...values));
  const most = text(Math.max(...values));
  return `${label}: ${text(values[0])} on ${from}, ${text(values.at(-1))} on ${to}, between ${least} and ${most}.`;
}

/** The points of a line from the left to the right, on an axis that begins at zero. */
function pointsOf(values: readonly number[], height: number): string {
  const top = Math.max(...values, 1);
  const step = width / Math.max(values.length - 1, 1);
  return values.map((value, index) => `${round(index * step)} ${round(height - (value / top) * height)}`).join('L');
}

/** A line or bars, drawn on the server. Fewer than seven numbers make no chart: show the number alone. */
export function Chart({ label, values, from, to, kind = 'line', small = false }: ChartProps) {
  if (values.length < 7) return null;
  const height = small ? 48 : 72;
  const points = pointsOf(values, height);
  const bar = width / values.length;
  const top = Math.max(...values, 1);
  return (
    <figure className={small ? 'chart chart-small' : 'chart'}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={chartInWords({ label, values, from, to })}
      >
        <path className="chart-grid" d={`M0 ${height - 0.5}H${width}M0 ${height / 2}H${width}`} />
        {kind === 'line' ? (
          <>
            <path className="chart-area" d={`M${points}V${height}H0Z`} />
            <path className="chart-line" d={`M${points}`} />
          </>
        ) : (
          <path
            className="chart-bar"
            d={values
              .map((value, index) => {
                const high = round((value / top) * height);
                return `M${round(index * bar + bar * 0.15)} ${height}v${-high}h${round(bar * 0.7)}v${high}z`;
              })
              .join('')}
          />
        )}
      </svg>
      <figcaption className="chart-axis">
        <span>{from}</span>
        <span>{to}</span>
      </figcaption>
    </figure>
  );
}
