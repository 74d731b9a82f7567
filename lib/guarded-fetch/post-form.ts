import { type Fetched, fetchDocument } from './fetch-document.ts';

/** As `fetchDocument`, but sends a form; an answer of 200 or 204 says that it arrived. */
export const postForm = (
  address: string,
  form: Readonly<Record<string, string>>,
  limits: { timeoutMs: number },
): Promise<Fetched> =>
  fetchDocument(address, { ...limits, bytesMax: 16_384, accept: '*/*', form: new URLSearchParams(form).toString() });
