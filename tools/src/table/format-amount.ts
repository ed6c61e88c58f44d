const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes as the engine writes it, in powers of 1000: `1.2 GB`. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < byteUnits.length - 1) {
    amount /= 1000;
    unit++;
  }
  return `${amount < 9.95 && unit > 0 ? amount.toFixed(1) : Math.round(amount)} ${byteUnits[unit] ?? ''}`;
}

const factors: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

/** The bytes that an engine means by `404KiB`, `80.9MB`, `1.2GB (30%)`; undefined for anything else. */
export function parseBytes(text: string): number | undefined {
  const [, amount, unit = ''] = /^\s*([\d.]+(?:e[+-]?\d+)?)\s*([kmgt]?i?b)\b/i.exec(text) ?? [];
  const factor = factors[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? undefined : Math.round(Number(amount) * factor);
}

const ages: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** A time span in its largest unit: `3d`, `5h`, `12m`, `4s`. */
export function formatAge(milliseconds: number): string {
  for (const [unit, size] of ages)
    if (milliseconds >= size) return `${Math.floor(milliseconds / size)}${unit}`;
  return '0s';
}
