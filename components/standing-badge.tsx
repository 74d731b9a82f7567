import type { Standing } from '#lib/public-info/rules';

type StandingBadgeProps = { standing: Standing; words: Record<Standing, { title: string }>; small?: boolean };

/** The colour and the icon of each standing; the icons differ without colour too. */
export const standingLooks: Record<Standing, { tone: string; icon: string }> = {
  first_party: { tone: 'border-good bg-good-tint text-good', icon: 'm6.5 10.5 2.5 2.5 4.5-5.5' },
  verified: { tone: 'border-good bg-good-tint text-good', icon: 'm6.5 10.5 2.5 2.5 4.5-5.5' },
  unverified: {
    tone: 'border-warn bg-warn-tint text-warn',
    icon: 'M7.8 7.9a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.8-1.1 1.6M10 14v.1',
  },
  self_registered: { tone: 'border-warn bg-warn-tint text-warn', icon: 'M10 6v5M10 13.6v.1' },
  suspended: { tone: 'border-danger bg-danger-tint text-danger', icon: 'm5 5 10 10' },
  disabled: { tone: 'border-line-strong bg-sunken text-ink', icon: 'M10 5.5v4M7.3 7.2a3.9 3.9 0 1 0 5.4 0' },
};

/** The standing of an app, with the same words and icon on every page. */
export function StandingBadge({ standing, words, small = false }: StandingBadgeProps) {
  const { tone, icon } = standingLooks[standing];
  const size = small ? 'gap-1 py-0.5 pr-2 pl-1 font-medium' : 'gap-1.5 py-1 pr-3 pl-2 font-semibold';
  return (
    <span className={`inline-flex items-center rounded-full border text-sm whitespace-nowrap ${size} ${tone}`}>
      <svg
        aria-hidden="true"
        viewBox="0 0 20 20"
        className={`${small ? 'size-4' : 'size-5'} fill-none stroke-current stroke-[1.6]`}
      >
        <circle cx="10" cy="10" r="7.6" />
        <path d={icon} strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      {words[standing].title}
    </span>
  );
}
