const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether `text` can be the id of a client at all; anything else is answered as an unknown id. */
export function isClientId(text: string): boolean {
  return uuid.test(text);
}
