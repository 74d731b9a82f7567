import { isUuid } from '../uuid.ts';

/** Whether `text` can be the id of a client at all; anything else is answered as an unknown id. */
export const isClientId: (text: string) => boolean = isUuid;
