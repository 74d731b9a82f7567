import type { DescribedOperation } from '#lib/dialects/native/reference';

export type Call = Pick<DescribedOperation, 'method' | 'path' | 'contentType'> & {
  parameters: readonly Pick<DescribedOperation['parameters'][number], 'name' | 'in' | 'required'>[];
};

/** An answer for the page. */
export type Answer = { title: string; text: string };

/** Returns the URL and the options of a call from the typed values; empty values are omitted. */
export function requestOf({ method, path, contentType, parameters }: Call, values: FormData, token: string) {
  const typed = parameters.flatMap(({ name, in: place }) => {
    const value = String(values.get(`${place} ${name}`) ?? '').trim();
    return value === '' ? [] : [{ name, place, value }];
  });
  const of = (place: string) => typed.filter((one) => one.place === place).map(({ name, value }) => [name, value]);
  const inPath = new Map(of('path').map(([name = '', value = '']) => [name, value]));
  const query = new URLSearchParams(of('query')).toString();
  const body = values.get('body');
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath.get(name) ?? ''));
  return {
    url: `/api/v1${filled}${query && `?${query}`}`,
    init: {
      method,
      credentials: 'omit' as const,
      headers: {
        ...Object.fromEntries(of('header')),
        ...(token !== '' && { authorization: `Bearer ${token}` }),
        ...(contentType && { 'content-type': contentType }),
      },
      ...(body !== null && { body: String(body) }),
    },
  };
}

/** Makes the call. */
export async function send(call: Call, values: FormData, token: string): Promise<Answer> {
  const { url, init } = requestOf(call, values, token);
  try {
    const answer = await fetch(url, init);
    const text = await answer.text();
    return { title: `${answer.status} ${answer.statusText}`.trim(), text: indented(text) || '(no body)' };
  } catch (error) {
    return { title: 'The call could not be made', text: String(error) };
  }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
