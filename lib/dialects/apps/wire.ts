import { z } from 'zod';

/** `POST /o/apps/` */
export const newClientWire = z.object({
  name: z.string({
    error: ({ input }) => (input == null ? 'This field is required.' : 'Send the name as a text.'),
  }),
});
