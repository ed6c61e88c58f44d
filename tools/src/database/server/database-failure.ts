/** Why something could not be done with a database; the message says who, what, what was found and the next step. */
export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
}
