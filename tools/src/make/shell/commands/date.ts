import { resolve } from 'node:path';
import { failure, line, unknown } from '../own-command.ts';
import type { OwnCommand, OwnCommandContext } from '../own-command.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A moment in its parts, in the zone that the command asks for. */
interface Moment {
  readonly date: Date;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Minutes east of Greenwich. */
  readonly offset: number;
  readonly zone: string;
}

/** `date`, as GNU and BSD print it in the C locale: `+FORMAT`, `-u`, `-d @N` or `-r N`, `-I`, `-R`. */
export const date: OwnCommand = (args, context) => {
  let format = '+%a %b %e %H:%M:%S %Z %Y';
  let universal = false;
  let when = context.machine.now();
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '-u' || arg === '--utc' || arg === '--universal') universal = true;
    else if (arg.startsWith('+')) format = arg;
    else if (arg === '-I' || arg === '--iso-8601' || arg === '-Idate') format = '+%Y-%m-%d';
    else if (arg === '-Iseconds' || arg === '--iso-8601=seconds') format = '+%Y-%m-%dT%H:%M:%S%:z';
    else if (arg === '-R' || arg === '--rfc-email') format = '+%a, %d %b %Y %H:%M:%S %z';
    else {
      const given = givenMoment(arg, args[index + 1], context);
      if (given === undefined) {
        const missing =
          arg === '-r' && context.files.kind(resolve(context.folder, args[index + 1] ?? '')) === undefined;
        return missing ? failure(1, `date: ${args[index + 1] ?? ''}: No such file or directory`) : unknown;
      }
      when = given.date;
      index += given.used;
    }
  }
  const zone = universal ? 'UTC' : context.environment['TZ'];
  const moment = momentIn(when, zone);
  const text = moment && formatted(format.slice(1), moment);
  return text === undefined ? unknown : line(text);
};

/** `-d @N`, `-d now`, `--date=...`, and BSD's `-r N` (GNU's `-r FILE` is a file's time, which a copy of the tree does not keep). */
function givenMoment(
  arg: string,
  next: string | undefined,
  { machine }: OwnCommandContext,
): { readonly date: Date; readonly used: number } | undefined {
  const inline = /^(?:--date=|-d)(.+)$/.exec(arg)?.[1];
  const text = inline ?? (arg === '-d' || arg === '--date' ? next : undefined);
  const used = inline === undefined ? 1 : 0;
  if (arg === '-r' && machine.system === 'Darwin' && next !== undefined && /^\d+$/.test(next)) {
    return { date: new Date(Number(next) * 1000), used: 1 };
  }
  if (text === 'now') return { date: machine.now(), used };
  const seconds = /^@(\d{1,11})$/.exec(text ?? '')?.[1];
  return seconds === undefined ? undefined : { date: new Date(Number(seconds) * 1000), used };
}

function momentIn(when: Date, zone: string | undefined): Moment | undefined {
  const named = zone === undefined || zone === '' ? undefined : zone === 'UTC0' ? 'UTC' : zone;
  try {
    const parts = new Map(
      new Intl.DateTimeFormat('en-US', {
        ...(named === undefined ? {} : { timeZone: named }),
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
        timeZoneName: 'short',
      })
        .formatToParts(when)
        .map((part) => [part.type, part.value] as const),
    );
    const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
    const [year, month, day] = [number('year'), number('month'), number('day')];
    const [hour, minute, second] = [number('hour'), number('minute'), number('second')];
    const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
    return {
      date: when,
      year,
      month,
      day,
      weekday: new Date(asUtc).getUTCDay(),
      hour,
      minute,
      second,
      offset: Math.round((asUtc - Math.floor(when.getTime() / 1000) * 1000) / 60_000),
      zone: parts.get('timeZoneName') ?? '',
    };
  } catch {
    return undefined;
  }
}

function formatted(format: string, moment: Moment): string | undefined {
  const unknownFields: string[] = [];
  const text = format.replaceAll(
    /%(-|_)?(::?z|3N|6N|.)/gs,
    (_all, flag: string | undefined, letter: string) => {
      const field = fieldText(letter, moment);
      if (field === undefined) {
        unknownFields.push(letter);
        return '';
      }
      if (flag === '-') return field.replace(/^[0 ]+(?=.)/, '');
      return flag === '_' ? field.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length)) : field;
    },
  );
  return unknownFields.length === 0 ? text : undefined;
}

function fieldText(letter: string, at: Moment): string | undefined {
  const two = (value: number, fill = '0'): string => String(value).padStart(2, fill);
  const day = (Date.UTC(at.year, at.month - 1, at.day) - Date.UTC(at.year, 0, 1)) / 86_400_000 + 1;
  const offset = (separator: string): string => {
    const size = Math.abs(at.offset);
    return `${at.offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`;
  };
  const fields: Readonly<Record<string, () => string>> = {
    Y: () => String(at.year),
    y: () => two(at.year % 100),
    C: () => two(Math.floor(at.year / 100)),
    m: () => two(at.month),
    d: () => two(at.day),
    e: () => two(at.day, ' '),
    H: () => two(at.hour),
    I: () => two(at.hour % 12 === 0 ? 12 : at.hour % 12),
    k: () => two(at.hour, ' '),
    M: () => two(at.minute),
    S: () => two(at.second),
    p: () => (at.hour < 12 ? 'AM' : 'PM'),
    s: () => String(Math.floor(at.date.getTime() / 1000)),
    N: () => `${String(at.date.getMilliseconds()).padStart(3, '0')}000000`,
    '3N': () => String(at.date.getMilliseconds()).padStart(3, '0'),
    '6N': () => `${String(at.date.getMilliseconds()).padStart(3, '0')}000`,
    j: () => String(day).padStart(3, '0'),
    u: () => String(at.weekday === 0 ? 7 : at.weekday),
    w: () => String(at.weekday),
    U: () => two(Math.floor((day + 6 - at.weekday) / 7)),
    W: () => two(Math.floor((day + 6 - ((at.weekday + 6) % 7)) / 7)),
    a: () => (WEEKDAYS[at.weekday] ?? '').slice(0, 3),
    A: () => WEEKDAYS[at.weekday] ?? '',
    b: () => (MONTHS[at.month - 1] ?? '').slice(0, 3),
    h: () => (MONTHS[at.month - 1] ?? '').slice(0, 3),
    B: () => MONTHS[at.month - 1] ?? '',
    F: () => `${at.year}-${two(at.month)}-${two(at.day)}`,
    T: () => `${two(at.hour)}:${two(at.minute)}:${two(at.second)}`,
    R: () => `${two(at.hour)}:${two(at.minute)}`,
    D: () => `${two(at.month)}/${two(at.day)}/${two(at.year % 100)}`,
    z: () => offset(''),
    ':z': () => offset(':'),
    Z: () => at.zone,
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
  };
  return fields[letter]?.();
}
