/** Codes of postgres.js and of sockets for a lost connection. */
const lost = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'ECONNRESET', 'EPIPE', 'SILENT']);
/**
 * Codes for a temporary failure. 57014 is the statement timeout, 53300 too many connections, 57P0x a server that stops or starts,
 * 40001 and 40P01 a conflict of two transactions.
 */
const temporary = new Set([
  'POOL_BUSY',
  'ECONNREFUSED',
  'ENOENT',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const temporaryStates = /^(08...|40001|40P01|57014|57P0[1-5]|53...|25P03)$/;

export const isConnectionLost = (error: unknown): boolean => lost.has(codeOf(error));

/** Whether the database is unavailable, rather than the query wrong. The answer is then 503 with Retry-After. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  return lost.has(code) || temporary.has(code) || temporaryStates.test(code);
}

/** Whether the server cancelled a statement at the statement timeout. */
export const isTimedOut = (error: unknown): boolean => codeOf(error) === '57014';

/** Drizzle wraps the driver's errors. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return '';
}
