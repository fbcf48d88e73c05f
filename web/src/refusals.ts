export { createRefusals } from './http/refusals.tsx';
