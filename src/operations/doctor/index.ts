export { type Examination, examine, type Finding } from './examine.ts';
