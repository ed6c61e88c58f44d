const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `10m`, `90s`, `1h`, `500ms` or plain seconds; undefined for anything else, and for nothing at all. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim()) ?? [];
  const milliseconds = Math.round(Number(amount) * (units[unit] ?? NaN));
  return milliseconds > 0 ? milliseconds : undefined;
}

/** A duration as a person writes it: `10m`, `1.5s`, `500ms`. */
export function formatDuration(milliseconds: number): string {
  for (const unit of ['h', 'm', 's']) {
    const size = units[unit] ?? 1;
    if (milliseconds >= size && milliseconds % (size / 10) === 0) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}
