export { type Answered, answerOnce, type KeyedRequest } from './answer-once.ts';
export { forgetAnswers } from './forget.ts';
