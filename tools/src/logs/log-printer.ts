import { harmlessText, paint, visibleWidth, type OutputStyle, type TextStyle } from '../table/index.ts';
import type { LogLine } from './log-line.ts';
import type { LogSource } from './log-source.ts';

/** Red is left out: it means that something is wrong. */
const palette: readonly TextStyle[] = ['cyan', 'green', 'magenta', 'yellow', 'blue'];

/** Prints lines of many containers as one stream, each with where it comes from. */
export class LogPrinter {
  readonly #write: (text: string) => void;
  readonly #style: OutputStyle;
  readonly #timestamps: boolean;
  #width = 0;

  constructor(write: (text: string) => void, style: OutputStyle, timestamps = false) {
    this.#write = write;
    this.#style = style;
    this.#timestamps = timestamps;
  }

  /** The bars stand below each other from here on. */
  makeRoomFor(sources: readonly LogSource[]): void {
    this.#width = Math.max(this.#width, ...sources.map(({ label }) => visibleWidth(label)));
  }

  print({ project, label }: LogSource, { time, text }: LogLine): void {
    const prefix = paint(`${label.padEnd(this.#width)} |`, projectStyle(project), this.#style);
    const when = this.#timestamps && time !== '' ? `${paint(time, 'dim', this.#style)} ` : '';
    this.#write(`${prefix} ${when}${harmlessText(text, this.#style)}\n`.replace(/ +\n$/, '\n'));
  }

  /** A remark of our own between the lines. */
  note(text: string): void {
    this.#write(`${paint(text, 'dim', this.#style)}\n`);
  }
}

/** The same colour for a project always, whatever others there are. */
export function projectStyle(project: string): TextStyle {
  let hash = 0;
  for (const character of project) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return palette[hash % palette.length] ?? 'cyan';
}
