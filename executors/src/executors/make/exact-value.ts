/**
 * The value of a forwarded option as it was typed. Nx puts forwarded values between double quotes for /bin/sh, which
 * changes `$`, backticks, backslashes and quotes, and reads `1.10` as a number; the arguments of the nx process (`raw`)
 * have them as they were, where they are not ambiguous.
 */
export function exactValue(name: string, value: unknown, raw: readonly string[]): string {
  const given = raw.flatMap((argument, index) => {
    if (argument.startsWith(`--${name}=`)) return [argument.slice(name.length + 3)];
    return argument === `--${name}` ? [raw[index + 1] ?? ''] : [];
  });
  const text = Array.isArray(value) ? value.map(String).join(' ') : String(value);
  const [only] = given;
  if (only === undefined || given.length > 1) return text;
  // Another value may come from project.json: only what the way through Nx changes is taken from there.
  const changed = typeof value === 'number' ? Number(only) === value : /[$`\\"']/.test(only);
  return changed ? only : text;
}

/** The arguments of the nx process, which the plugin leaves in `SWITCHYARD_ARGV` as JSON. */
export function nxArguments(environment: Readonly<Record<string, string | undefined>>): string[] {
  const json = environment['SWITCHYARD_ARGV'];
  const parsed: unknown = json === undefined ? [] : JSON.parse(json);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}
