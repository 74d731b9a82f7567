export { type ClientSecret, isLastUsable, isUsable, type SecretState, stateOf } from './find.ts';

/** How many secrets of one client may be live at once. */
export const liveSecretsMax = 5;
/** How long an old secret may live on beside its successor. */
export const overlapHoursMax = 168;
export const overlapHoursDefault = 24;
