import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../../process/index.ts';
import { markerVariable } from './exec-command.ts';

/** A command that was started in a container; what is needed to find it there again. */
export interface StartedCommand {
  /** The engine's program: `docker`. */
  readonly program: string;
  /** The id of the container. */
  readonly container: string;
  /** Whom it runs as; only they can read its variables. */
  readonly user?: string;
  readonly marker: string;
  /** It talks with a person. */
  readonly terminal?: boolean;
}

/** `unreachable`: it may still run, and nobody here may end it. */
export type CommandEnd = 'ended' | 'unreachable';

/** Milliseconds that a command gets to end by itself after SIGTERM. */
const graceTime = 5000;

/** The same after SIGHUP, for one whose terminal is gone. */
const terminalGraceTime = 1000;

/** Milliseconds within which an engine starts what it was told to start. */
const startTime = 150;

/**
 * Sends a signal to every process that carries the marker, and to their descendants that dropped it; prints their
 * number; `MAIN` only counts what the engine itself started: that has no parent in the container. Shell built-ins only: most images have neither `ps` nor `kill`.
 */
const signalScript = `
marker=$1 signal=$2 found=' ' count=0
for folder in /proc/[0-9]*; do
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *"${markerVariable}=$marker"*) found="$found\${folder#/proc/} "; break ;; esac
  done <"$folder/environ"
done 2>/dev/null
more=1
while [ -n "$more" ]; do
  more=
  for folder in /proc/[0-9]*; do
    pid=\${folder#/proc/} parent=
    case $found in *" $pid "*) continue ;; esac
    while read -r name value rest; do
      case $name in State:) [ "$value" = Z ] && break ;; PPid:) parent=$value; break ;; esac
    done <"$folder/status"
    [ -n "$parent" ] || continue
    case $found in *" $parent "*) found="$found$pid "; more=1 ;; esac
  done 2>/dev/null
done
for pid in $found; do
  if [ "$signal" = MAIN ]; then
    while read -r name value rest; do
      case $name in State:) [ "$value" = Z ] && break ;; PPid:) [ "$value" = 0 ] && count=$((count + 1)); break ;; esac
    done <"/proc/$pid/status"
  else
    kill -"$signal" "$pid" && count=$((count + 1))
  fi
done 2>/dev/null
echo "signalled $count"
`;

/**
 * Ends a command inside its container, with all that it started: SIGTERM, and SIGKILL after 5 s. An engine's client that
 * is ended leaves its command running. By a shell in the container, else from the host, where that is allowed.
 */
export async function endCommand(started: StartedCommand): Promise<CommandEnd> {
  // An interactive shell ignores SIGTERM, and ends when its terminal is gone.
  const first = started.terminal === true ? 'HUP' : 'TERM';
  const grace = started.terminal === true ? terminalGraceTime : graceTime;
  if ((await signalCommand(started, first)) === 0) {
    // The engine may just be starting it, for a client that is gone.
    await sleep(startTime);
    if ((await signalCommand(started, first)) === 0) return 'ended';
  }
  const deadline = performance.now() + grace;
  // The engine tells when a command that it still knows has ended, but not of what that left behind.
  for (let pause = 20; performance.now() < deadline; pause = Math.min(2 * pause, 200)) {
    const left = await signalCommand(started, '0');
    if (left === 0) return 'ended';
    if (left === undefined) return 'unreachable';
    await sleep(pause);
  }
  await signalCommand(started, 'KILL');
  return (await signalCommand(started, '0')) === 0 ? 'ended' : 'unreachable';
}

/** Whether the command still runs although its client has ended. What it left in the background on purpose does not count. */
export async function isStillRunning(started: StartedCommand): Promise<boolean> {
  return (await signalCommand(started, 'MAIN')) !== 0;
}

type Signal = 'TERM' | 'HUP' | 'KILL' | '0' | 'MAIN';

/** How many processes got the signal. Undefined when they could not be reached. */
async function signalCommand(started: StartedCommand, signal: Signal): Promise<number | undefined> {
  const { program, container, user, marker } = started;
  const who = user === undefined ? [] : ['--user', user];
  const outcome = await runProgram({
    file: program,
    args: ['exec', ...who, container, 'sh', '-c', signalScript, 'sh', marker, signal],
    timeout: 20_000,
  });
  if (outcome.kind !== 'exited') return undefined;
  const count = /^signalled (\d+)$/m.exec(outcome.stdout)?.[1];
  if (count !== undefined) return Number(count);
  // Nothing runs in a container that does not run or is gone.
  if (/no such container|is not running|can only create exec sessions on running/i.test(outcome.stderr))
    return 0;
  return signalFromHost(started, signal);
}

/** For an image without a shell: the engine's list of processes shows their variables, where the engine is this machine's. */
async function signalFromHost(
  { program, container, marker }: StartedCommand,
  signal: Signal,
): Promise<number | undefined> {
  const listed = await runProgram({ file: program, args: ['top', container, 'axewwo', 'pid,args'] });
  if (listed.kind !== 'exited') return undefined;
  if (listed.code !== 0) return /no such container|is not running/i.test(listed.stderr) ? 0 : undefined;
  const pids = listed.stdout
    .split('\n')
    .filter((line) => line.includes(`${markerVariable}=${marker}`))
    .map((line) => Number.parseInt(line));
  let count = 0;
  for (const pid of pids) {
    if (!isInContainer(pid, container)) return undefined;
    try {
      process.kill(pid, signal === '0' || signal === 'MAIN' ? 0 : `SIG${signal}`);
      count++;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EPERM') return undefined;
    }
  }
  return count;
}

/** The engine may run on another machine, where the id is that of another process. */
function isInContainer(pid: number, container: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(container);
  } catch {
    return false;
  }
}
