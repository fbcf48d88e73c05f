import { createServer } from 'node:http';

/** Answers each POST of JSON on PORT with JSON: what `answer` makes of it, or its fault with the status 500. */
export function serve(answer: (body: string, authorization: string | undefined) => unknown): void {
  createServer((request, response) => {
    const chunks: Buffer[] = [];
    const send = (status: number, body: object) => {
      const text = JSON.stringify(body);
      const type = { 'content-type': 'application/json; charset=utf-8' };
      response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(text) }).end(text);
    };
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST') return void response.writeHead(405).end();
      const data = answer(Buffer.concat(chunks).toString(), request.headers.authorization);
      if (!(data instanceof Promise)) return send(200, { data });
      data.then(
        (done) => send(200, { data: done }),
        (error: Error) => send(500, { errors: [{ message: error.message }] }),
      );
    });
  }).listen(Number(process.env['PORT']), '127.0.0.1');
}
