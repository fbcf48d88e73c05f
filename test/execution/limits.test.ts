import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { AnswerTooLarge, createExecutor } from '../../src/graphql/execution/index.ts';
import { makeUpQuery } from './documents.ts';
import { troubledSchema } from './troubled-schema.ts';

const numbers = fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 120 });

describe('an executor with limits', () => {
  test('answers the same data with the first errors, and counts the others', async () => {
    let omitted = 0;
    await fc.assert(
      fc.asyncProperty(numbers, fc.constantFrom(3, 5, 8), fc.nat(4), async (given, calm, errorsMax) => {
        const schema = troubledSchema('AT_ONCE', calm);
        const { query, variables } = makeUpQuery(schema, given, ['', 'text']);
        const document = parse(query);
        fc.pre(validate(schema, document).length === 0);
        const execution = { document, variables, context: {} };
        const whole = await createExecutor(schema).execute(execution);
        const limits = { bytesMax: Infinity, errorsMax: errorsMax + 1 };
        const limited = await createExecutor(schema, { limits }).execute(execution);
        expect(JSON.stringify(limited.data)).toBe(JSON.stringify(whole.data));
        const count = whole.errors?.length ?? 0;
        expect(limited.omittedErrors ?? 0).toBe(Math.max(0, count - errorsMax - 1));
        expect(JSON.stringify(limited.errors)).toBe(JSON.stringify(whole.errors?.slice(0, errorsMax + 1)));
        omitted += limited.omittedErrors ?? 0;
      }),
      { numRuns: 80 },
    );
    expect(omitted).toBeGreaterThan(0);
  });

  test('refuses an answer that is larger than its limit, and none that is half as large', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        const schema = troubledSchema('AT_ONCE', 40);
        const { query, variables } = makeUpQuery(schema, given, ['', 'text']);
        const document = parse(query);
        fc.pre(validate(schema, document).length === 0);
        const execution = { document, variables, context: {} };
        const whole = await createExecutor(schema).execute(execution);
        const bytes = JSON.stringify(whole).length;
        const within = async (bytesMax: number) =>
          createExecutor(schema, { limits: { bytesMax, errorsMax: Infinity } }).execute(execution);
        // what an error has nulled was counted before
        if (!whole.errors) expect(JSON.stringify(await within(2 * bytes))).toBe(JSON.stringify(whole));
        if (bytes < 200 || whole.data === undefined) return;
        await expect(within(bytes / 4)).rejects.toThrow(AnswerTooLarge);
        refused++;
      }),
      { numRuns: 80 },
    );
    expect(refused).toBeGreaterThan(0);
  });
});
