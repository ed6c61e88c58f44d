import type { NamedEnvironment } from '../compose/index.ts';

/** Something that `--fix` can do about a finding. */
export type Remedy =
  | { readonly kind: 'create-network'; readonly network: string }
  | { readonly kind: 'start-container'; readonly id: string; readonly name: string }
  /** Starts what is not there or stopped; the unhealthy containers named are restarted first. */
  | {
      readonly kind: 'bring-up';
      readonly environment: NamedEnvironment;
      readonly restart: readonly { readonly id: string; readonly name: string }[];
    };

/** One thing that was looked at. */
export interface HealthCheck {
  /** Absent for what all projects share. */
  readonly project?: string;
  readonly environment?: string;
  /** What was looked at: `postgres`, `network traefik-public`. */
  readonly subject: string;
  /** `down`: an environment that nobody asked for. Only `failed` makes the platform unhealthy. */
  readonly result: 'ok' | 'warning' | 'failed' | 'down';
  /** What was found, as a part of a sentence: `accepts connections`. */
  readonly found: string;
  /** What to do about it. */
  readonly next?: string;
  readonly remedy?: Remedy;
}

/** How a platform is. */
export interface HealthReport {
  readonly healthy: boolean;
  readonly checks: readonly HealthCheck[];
  readonly milliseconds: number;
}
