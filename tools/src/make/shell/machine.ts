import { readFileSync } from 'node:fs';
import { arch, availableParallelism, hostname, release, type, userInfo, version } from 'node:os';

/** What the simulated shell says of the machine it pretends to run on. */
export interface Machine {
  /** Kernel name, as `uname -s` prints it. */
  readonly system: string;
  readonly release: string;
  readonly version: string;
  /** As `uname -m` prints it, such as `x86_64`. */
  readonly architecture: string;
  /** What `uname -p` and `-i` print; undefined where that is not known. */
  readonly processor?: string;
  readonly hostname: string;
  readonly processors: number;
  readonly user: string;
  /** -1 where the system has no such number. */
  readonly userId: number;
  readonly groupId: number;
  /** With the leading `v`, as `node -v` prints it. */
  readonly nodeVersion: string;
  readonly now: () => Date;
}

/** The machine that this process runs on, found without starting a program. */
export function hostMachine(overrides: Partial<Machine> = {}): Machine {
  const user = userInfo();
  const architecture = overrides.architecture ?? kernelArchitecture(arch(), type());
  const processor = processorName(type(), architecture);
  return {
    system: type(),
    release: release(),
    version: version(),
    architecture,
    ...(processor === undefined ? {} : { processor }),
    hostname: hostname(),
    processors: availableParallelism(),
    user: user.username,
    userId: user.uid,
    groupId: user.gid,
    nodeVersion: process.version,
    now: () => new Date(),
    ...overrides,
  };
}

/** Node names architectures its own way; `uname -m` uses the kernel's. */
function kernelArchitecture(name: string, system: string): string {
  if (name === 'x64') return 'x86_64';
  if (name === 'arm64') return system === 'Darwin' ? 'arm64' : 'aarch64';
  if (name === 'ia32') return 'i686';
  if (name === 'arm') return 'armv7l';
  return name;
}

/** Debian keeps coreutils as it is, which knows no processor; Ubuntu prints the architecture. */
function processorName(system: string, architecture: string): string | undefined {
  if (system === 'Darwin') return architecture === 'arm64' ? 'arm' : 'i386';
  const distribution = /^ID="?(\w+)"?$/m.exec(osRelease())?.[1];
  if (distribution === 'debian') return 'unknown';
  return distribution === 'ubuntu' ? architecture : undefined;
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
