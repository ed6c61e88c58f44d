import type { Location } from '../reading.ts';
import { LimitReached } from './stops.ts';

const mostNames = 20_000;

/** How strong a definition is: a weaker one never replaces a stronger one. */
export const origins = {
  default: 0,
  environment: 1,
  file: 2,
  commandLine: 4,
  override: 5,
  automatic: 6,
} as const;

/** One of the strengths in `origins`. */
export type Origin = (typeof origins)[keyof typeof origins];

/** A variable while a Makefile is read. */
export interface Variable {
  value: string;
  recursive: boolean;
  origin: Origin;
  /** True while it is expanded, to find one that needs itself. */
  expanding: boolean;
  /** How many times it may be expanded inside itself: what `$(call)` allows. */
  nested: boolean;
  /** `+=` for one target: the value continues the global one. */
  append: boolean;
  exported?: boolean;
  /** Where it was defined last. */
  location?: Location;
}

/** The variables of one scope: everything, one target, or one call. */
export type Scope = Map<string, Variable>;

/** The variables that can be seen, innermost scope first. */
export class Variables {
  readonly global: Scope = new Map();
  /** Names looked up whose value came, or could have come, from the environment. */
  readonly lookedUp = new Set<string>();
  readonly #inner: Scope[] = [];

  find(name: string): Variable | undefined {
    for (let at = this.#inner.length - 1; at >= 0; at -= 1) {
      const found = this.#inner[at]?.get(name);
      if (found !== undefined) return found;
    }
    const found = this.global.get(name);
    if (found === undefined || found.origin <= origins.environment) {
      this.lookedUp.add(name);
      if (this.lookedUp.size > mostNames) throw new LimitReached('too many names were looked up');
    }
    return found;
  }

  set(scope: Scope, name: string, value: string, recursive: boolean, origin: Origin): Variable {
    const found = scope.get(name);
    if (found === undefined) {
      const made = { value, recursive, origin, expanding: false, nested: false, append: false };
      scope.set(name, made);
      return made;
    }
    if (origin >= found.origin) {
      found.value = value;
      found.recursive = recursive;
      found.origin = origin;
    }
    return found;
  }

  /** Runs `body` with `scope` in front of everything else. */
  within<T>(scope: Scope, body: () => T): T {
    this.#inner.push(scope);
    try {
      return body();
    } finally {
      this.#inner.pop();
    }
  }
}
