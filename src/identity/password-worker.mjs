// What the worker thread of password-strength.ts runs: the entry point of a thread, which loads nothing else of the program.
// Plain JavaScript, because threads have no loader for TypeScript.
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { dictionary, adjacencyGraphs as graphs } from '@zxcvbn-ts/language-common';

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs });

/** How hard a password is to guess, from 0 to 4. */
export const grade = ({ password, inputs }) => zxcvbn.check(password, inputs).score;
