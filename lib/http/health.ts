import { Hono } from 'hono';
import { findObstacle } from '../readiness.ts';

/** For load balancers and supervisors, under any host name. */
export const health = new Hono();

health.get('/healthz', (c) => c.json({ status: 'ok' }));

health.get('/readyz', async (c) => {
  const reason = await findObstacle();
  return reason ? c.json({ status: 'not ready', reason }, 503, { 'retry-after': '2' }) : c.json({ status: 'ready' });
});
