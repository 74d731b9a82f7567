const day = 86_400_000;

/** After this long without a request a session is over. */
export const idleDays = 14;
/** After this long it is over whatever the use. */
export const absoluteDays = 90;

export const idleSince = (now: Date): Date => new Date(now.getTime() - idleDays * day);
export const sessionEnd = (now: Date): Date => new Date(now.getTime() + absoluteDays * day);
/** Over sessions are kept this long: they say from which networks a person signed in before. */
export const forgottenBefore = (now: Date): Date => new Date(now.getTime() - 180 * day);
