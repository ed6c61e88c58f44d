const secretName =
  /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(?:^|_|API)KEY(?:_|$)|(?:^|_)KEYS(?:_|$)/i;

/** Shorter values of variables are words such as `true` or `test`; hiding them would make output unreadable. */
const shortestGuess = 6;

/** Hides the values of variables that are named like secrets, and the values given, in a text. */
export function secretHider(
  environment: Readonly<Record<string, string | undefined>>,
  given: readonly string[] = [],
): (text: string) => string {
  const values = new Set(given.filter((value) => value !== ''));
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && value.length >= shortestGuess && secretName.test(name)) values.add(value);
  }
  // Longest first: a secret may hold another one.
  const ordered = [...values].sort((one, other) => other.length - one.length);
  return (text) => ordered.reduce((hidden, value) => hidden.replaceAll(value, '***'), text);
}
