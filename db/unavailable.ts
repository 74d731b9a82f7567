/** Codes of postgres.js and of sockets that say: this connection is gone, whatever was asked on it. */
const lost = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'ECONNRESET', 'EPIPE', 'SILENT']);
/**
 * … and those that say: not now. 57014 is the statement timeout, 53300 too many connections, 57P0x a server that stops or starts,
 * 40001 and 40P01 two transactions in each other's way.
 */
const later = new Set(['POOL_BUSY', 'ECONNREFUSED', 'ENOENT', 'EHOSTUNREACH', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
const states = /^(08...|40001|40P01|57014|57P0[1-5]|53...|25P03)$/;

export const isConnectionLost = (error: unknown): boolean => lost.has(codeOf(error));

/** Whether the database, rather than the question, is at fault: to be answered with 503 and Retry-After. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  return lost.has(code) || later.has(code) || states.test(code);
}

/** Whether the server gave a statement up because it took too long. */
export const isTimedOut = (error: unknown): boolean => codeOf(error) === '57014';

/** Drizzle wraps what the driver threw. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return '';
}
