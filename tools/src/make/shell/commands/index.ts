import { date } from './date.ts';
import { git } from './git.ts';
import { go } from './go.ts';
import { pkgConfig } from './pkg-config.ts';
import { commandLookup, hash, type, which } from './programs.ts';
import { arch, getconf, hostname, id, nproc, sysctl, uname, whoami } from './system.ts';
import { compiler, node, npm, python } from './versions.ts';
import type { OwnCommand } from '../own-command.ts';

/** Name under which the simulated shell calls what stands for `command -v`. */
export const COMMAND_LOOKUP = 'switchyard-command';
/** Name under which it calls what stands for `type`. */
export const TYPE_LOOKUP = 'switchyard-type';
/** Name under which it calls what stands for `hash`. */
export const HASH_LOOKUP = 'switchyard-hash';

/** Our own commands by name. */
export const ownCommands: ReadonlyMap<string, OwnCommand> = new Map(
  Object.entries({
    arch,
    date,
    getconf,
    git,
    go,
    hostname,
    id,
    node,
    npm,
    nproc,
    'pkg-config': pkgConfig,
    python: python('python'),
    python3: python('python3'),
    sysctl,
    uname,
    which,
    whoami,
    cc: compiler('cc'),
    gcc: compiler('gcc'),
    [COMMAND_LOOKUP]: commandLookup,
    [TYPE_LOOKUP]: type,
    [HASH_LOOKUP]: hash,
  }),
);
