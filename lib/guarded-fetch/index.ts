export { fetchDocument } from './fetch-document.ts';
export { fetchJson } from './fetch-json.ts';
export { postForm } from './post-form.ts';
