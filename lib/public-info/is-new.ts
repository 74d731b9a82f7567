import type { PublicClient } from './public-client.ts';

const newForMs = 30 * 24 * 60 * 60 * 1000;

/** Whether an app came within the last month. */
export const isNew = ({ createdAt }: Pick<PublicClient, 'createdAt'>): boolean =>
  Date.now() - createdAt.getTime() < newForMs;
