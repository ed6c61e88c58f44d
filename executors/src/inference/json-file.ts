import { readRegularFile } from '@switchyard/tools/file';

const largest = 2 * 1024 * 1024;

/** What a JSON file holds; undefined where there is none, or none that parses. Without a schema: this runs for every nx command. */
export function readJson(file: string): unknown {
  try {
    const found: unknown = JSON.parse(readRegularFile(file, { largest }) ?? 'null');
    return found ?? undefined;
  } catch {
    return undefined;
  }
}

/** A property of what was read, if it is an object that has it itself. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
