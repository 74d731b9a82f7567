import { Hono } from 'hono';
import { health } from './health.ts';

/** Everything that programs call. */
export const api = new Hono();

api.route('/', health);

const programs = /^\/(api\/(?!auth\/)|v1\/|v2\/|o\/|oauth2\/|oauth\/|logos\/|\.well-known\/|healthz$|readyz$|metrics$)/;

/** Whether a path is answered here rather than by a page. */
export const isProgramPath = (path: string): boolean => programs.test(path);
