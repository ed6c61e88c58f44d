/** What to read with GNU make itself. */
export interface DatabaseRequest {
  /** Absolute path. */
  readonly makefile: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds; 10 seconds unless told. */
  readonly timeout?: number;
}
