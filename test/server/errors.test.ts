import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, type GraphQLEnumType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/access/errors.ts';
import { packageRoot } from '../../src/package-root.ts';
import { startTiny } from './tiny-server.ts';

test('the codes that the program knows are the codes that the contract names', () => {
  const schema = buildSchema(readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8'));
  const type = schema.getType('ErrorCode') as GraphQLEnumType;
  expect(type.getValues().map((value) => value.name)).toEqual([...ERROR_CODES]);
});

describe('an error in an answer', () => {
  test('is a refusal with its code, field and message where a rule refused', async () => {
    const { query } = await startTiny();
    const { status, body } = await query('{ refuses }');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: { refuses: null },
      errors: [
        {
          message: '`list` is too long.',
          locations: [{ line: 1, column: 3 }],
          path: ['refuses'],
          extensions: { code: 'BAD_USER_INPUT', field: 'list' },
        },
      ],
    });
  });

  test('says when to come again, in the answer and in the header', async () => {
    const { query } = await startTiny();
    const { headers, body } = await query('{ slowDown }');
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 7 });
    expect(headers.get('retry-after')).toBe('7');
  });

  test('is an incident without any detail where the server is at fault, and the log has the detail', async () => {
    const { query, lines } = await startTiny();
    const { body } = await query('query Failing { fails }');
    const [error] = body.errors ?? [];
    const incident = error?.extensions['incident'];
    expect(error?.message).toBe(`Something went wrong on our side. Incident ${incident}.`);
    expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', incident });
    expect(JSON.stringify(body)).not.toMatch(/SELECT|secret|\/home|stack/);
    expect(lines.find((line) => line['incident'] === incident)).toMatchObject({
      level: 'error',
      field: 'fails',
      err: { message: 'SELECT secret FROM /home/forum failed' },
    });
    expect(lines.find((line) => line['msg'] === 'request')).toMatchObject({
      operation: 'Failing',
      codes: ['INTERNAL_SERVER_ERROR'],
      incidents: [incident],
    });
  });

  test('is an incident where a resolver answers what the schema does not allow', async () => {
    const { query } = await startTiny();
    const { body } = await query('{ notANumber }');
    expect(body.errors?.[0]?.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(body.errors?.[0]?.message).not.toContain('eleven');
  });

  test.each([
    ['{ hello', {}, 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($list: [Int!]!) { length(list: $list) }', { list: ['a'] }, 'BAD_USER_INPUT'],
    ['query ($list: [Int!]!) { length(list: $list) }', {}, 'BAD_USER_INPUT'],
    ['query ($name: String) { hello(name: $name) }', { name: null }, 'BAD_USER_INPUT'],
    ['query A { hello } query B { hello }', {}, 'BAD_USER_INPUT'],
  ])('says what is wrong with %j and %j', async (text, variables, code) => {
    const { query } = await startTiny();
    const { body } = await query(text, variables);
    expect(body.errors?.map((error) => error.extensions)).toEqual([expect.objectContaining({ code })]);
  });

  test('refuses more than 2000 tokens as a query that does not parse', async () => {
    const { query } = await startTiny();
    // Besides the numbers: { length ( list : [ ] ) }
    expect((await query(`{ length(list: [${'1 '.repeat(1991)}]) }`)).body.data).toEqual({ length: 1991 });
    const { body } = await query(`{ length(list: [${'1 '.repeat(1992)}]) }`);
    expect(body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_PARSE_FAILED');
  });

  test('suggests names only where the schema can be read', async () => {
    const open = await startTiny();
    const closed = await startTiny({ introspection: false });
    expect((await open.query('{ helo }')).body.errors?.[0]?.message).toContain('Did you mean "hello"');
    expect((await closed.query('{ helo }')).body.errors?.[0]?.message).not.toContain('hello');
    expect((await closed.query('{ __schema { types { name } } }')).body.data).toBeUndefined();
  });
});
