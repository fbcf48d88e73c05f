import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/access/errors.ts';
import { answerToError, createFormatError } from '../../src/api/format-error.ts';
import { createIncidents } from '../../src/api/incidents.ts';
import { asUnavailable } from '../../src/api/unavailable-answer.ts';
import { createLog } from '../../src/log.ts';
import { OutcomeUnknown } from '../../src/store/index.ts';

function translator() {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('error', { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { lines, incidentOf: createIncidents(log) };
}

const full = () => Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
const request = { id: 'r', headers: {} };
const bodyOf = ({ body }: { readonly body: string | Buffer }) => JSON.parse(String(body));

test('an error of a database that cannot serve says UNAVAILABLE and nothing of the database, in a field and outside', () => {
  const { incidentOf } = translator();
  const expected = {
    message: 'The forum is temporarily unavailable.',
    extensions: { code: 'UNAVAILABLE', retryAfter: 2 },
  };
  expect(createFormatError(incidentOf, true)({ message: '' }, full())).toEqual(expected);
  const answer = answerToError(incidentOf, full(), request);
  expect(answer.status).toBe(503);
  expect(answer.headers.join()).toContain('retry-after,2');
  expect(bodyOf(answer)).toEqual({ errors: [expected] });
});

test('a COMMIT that was not answered says that the write may be stored, and how to find out', () => {
  const { incidentOf } = translator();
  const error = createFormatError(incidentOf, true)({ message: '' }, new OutcomeUnknown(new Error('gone')));
  expect(error.message).toBe(unavailable(true).message);
  expect(error.message).toContain('repeat it with the same idempotencyKey');
  expect(error.extensions).toEqual({ code: 'UNAVAILABLE', retryAfter: 2, mayHaveBeenDone: true });
});

describe('an answer whose errors are all UNAVAILABLE', () => {
  const error = {
    message: 'Away.',
    path: ['addComment'],
    extensions: { code: 'UNAVAILABLE', retryAfter: 2 },
  };

  test('is refused as a whole if no root field has data', () => {
    expect(asUnavailable([error], { addComment: null }, false)).toEqual([error]);
    expect(asUnavailable([error], null, false)).toEqual([error]);
  });

  test('says that the write may be stored if COMMIT was sent', () => {
    expect(asUnavailable([error], { addComment: null }, true)).toEqual([
      {
        ...error,
        message: unavailable(true).message,
        extensions: { code: 'UNAVAILABLE', retryAfter: 2, mayHaveBeenDone: true },
      },
    ]);
  });

  test.each([
    { name: 'another field has data', errors: [error], data: { addComment: null, other: {} } },
    {
      name: 'another error has another code',
      errors: [error, { message: 'No.', extensions: { code: 'FORBIDDEN' } }],
      data: null,
    },
  ])('is answered field by field if $name', ({ errors, data }) => {
    expect(asUnavailable(errors, data, false)).toBeNull();
  });
});

test('the reason is logged once a second, whatever the number of requests that meet it', () => {
  const { lines, incidentOf } = translator();
  for (let n = 0; n < 80; n++) incidentOf.unavailable(full());
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ reason: 'DATABASE_FULL', msg: 'the database cannot serve' });
});

test('any other error stays an incident', () => {
  const { lines, incidentOf } = translator();
  const answer = answerToError(incidentOf, new Error('a mistake of ours'), request);
  expect(answer.status).toBe(500);
  expect(bodyOf(answer).errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
  expect(lines).toHaveLength(1);
});
