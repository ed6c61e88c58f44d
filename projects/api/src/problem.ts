import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** The media type of every error answer (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** An error answer as RFC 9457 lays it out; `detail` says what was found and what to do. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
});

/** The body of an error answer. */
export type Problem = z.infer<typeof problemSchema>;

/** The error answer for an HTTP status. */
export const createProblem = (status: number, detail: string): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail,
});

/** A request that cannot be served as asked; `message` is shown to the client. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}
