import { styleText } from 'node:util';

/** How to write to a stream: with colours or without, and how wide it is. */
export interface OutputStyle {
  readonly colours: boolean;
  /** Characters in a line; absent where nobody looks at it. */
  readonly width?: number;
}

/** The colours and weights in use; what they mean is the same everywhere: green is well, yellow waits, red is wrong. */
export type TextStyle =
  'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | readonly TextStyle[];

/** Plain text when it is piped, when NO_COLOR is set and on a dumb terminal. Nx sets FORCE_COLOR for every task, so it says nothing. */
export function outputStyle(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): OutputStyle {
  if (stream.isTTY !== true) return { colours: false };
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['FORCE_COLOR'] === '0';
  const { columns = 0 } = stream;
  return {
    colours: !refused && environment['TERM'] !== 'dumb',
    // A terminal that was never told its size says 0.
    ...(columns > 0 ? { width: columns } : {}),
  };
}

/** The text in a style, where there are colours. */
export function paint(text: string, style: TextStyle | undefined, { colours }: OutputStyle): string {
  if (!colours || style === undefined || text === '') return text;
  const names = typeof style === 'string' ? [style] : style.flatMap(flat);
  return styleText(names, text, { validateStream: false });
}

type StyleName = Extract<TextStyle, string>;

function flat(style: TextStyle): StyleName[] {
  return typeof style === 'string' ? [style] : style.flatMap(flat);
}
