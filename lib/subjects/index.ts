export { subjectFor } from './subject-for.ts';
