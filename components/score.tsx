const borders = { good: 80, mid: 50 };

/** A health score from 0 to 100 as a ring with the number beside it, or in it if it is big. */
export function Score({ value, big = false }: { value: number; big?: boolean }) {
  const level = value >= borders.good ? 'score-good' : value >= borders.mid ? 'score-mid' : 'score-low';
  const radius = big ? 10.5 : 9.5;
  return (
    <span className={`score ${level}${big ? ' score-big' : ''}`}>
      <svg aria-hidden="true" viewBox="0 0 24 24">
        <circle cx="12" cy="12" r={radius} />
        <circle cx="12" cy="12" r={radius} pathLength={100} strokeDasharray={`${value} 100`} />
      </svg>
      <span>
        <span className="sr-only">Health </span>
        {value}
        <span className="sr-only"> of 100</span>
      </span>
    </span>
  );
}

/** How much of something is done, from 0 to 100. */
export function Progress({ label, value }: { label: string; value: number }) {
  return (
    <svg role="img" aria-label={`${label}: ${value} %`} className="progress">
      <rect width={`${value}%`} height="100%" />
    </svg>
  );
}
