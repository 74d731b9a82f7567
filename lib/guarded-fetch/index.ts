export { fetchDocument } from './fetch-document.ts';
export { fetchJson } from './fetch-json.ts';
export { leadsInside } from './leads-inside.ts';
export { mayAsk } from './may-ask.ts';
export { postForm } from './post-form.ts';
