export { findPersonOfSubject, subjectFor } from './subject-for.ts';
