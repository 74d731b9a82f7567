const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether PostgreSQL would take `text` for a uuid; any other id is answered as an unknown one, without a query. */
export const isUuid = (text: string): boolean => form.test(text);
