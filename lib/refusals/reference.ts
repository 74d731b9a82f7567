/** Whether a text has the form of a refusal's reference. */
export const isReference = (text: string): boolean => /^[A-Z0-9]{5}-[A-Z0-9]{5}$/.test(text);
