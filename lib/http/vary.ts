import type { ServerResponse } from 'node:http';

/** Says that the answer depends on a header of the request, also after a framework has written its own Vary over it. */
export function varyBy(response: ServerResponse, header: string): void {
  const setHeader = response.setHeader.bind(response);
  const withOurs = (value: string) => (value.includes(header) ? value : `${header}, ${value}`);
  response.setHeader = (name, value) =>
    setHeader(name, name.toLowerCase() === 'vary' ? withOurs([value].flat().join(', ')) : value);
  response.appendHeader('vary', header);
}
