export { forgetWhatIsOver } from './forget.ts';
export { keepSweeping } from './keep.ts';
