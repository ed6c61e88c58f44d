import { Bash, OverlayFs, defineCommand, parse } from 'just-bash';
import { adaptScript, FOLDERS_COMMAND, RUN_COMMAND } from './adapt-script.ts';
import { systemShell } from './commands/versions.ts';
import { runOwnCommand } from './run-own-command.ts';
import { ownCommands } from './commands/index.ts';
import { runEngineCommand } from './engine-command.ts';
import { findPrograms } from './find-program.ts';
import { ProjectFileSystem } from './project-file-system.ts';
import type { Command, CommandName, ExecResult, ResolvedCommandContext } from 'just-bash';
import type { ShellQuestion } from '../shell-question.ts';
import type { Machine } from './machine.ts';
import type { OwnCommandContext } from './own-command.ts';
import type { VisibleFiles } from './visible-files.ts';

/** What a script said, and whether a limit ended it early. */
export interface SimulatedRun {
  readonly output: string;
  readonly exitCode: number;
  readonly stopped: boolean;
}

/** One simulated shell over one folder; what a script writes is there for the next one. */
export type SimulatedShell = (question: ShellQuestion, files: VisibleFiles) => Promise<SimulatedRun>;

const SECOND = 1000;
const MEBIBYTE = 1024 * 1024;

/** Commands of the engine that every system has. */
const EVERYWHERE = (
  'echo cat printf ls mkdir rmdir touch rm cp mv ln chmod pwd readlink head tail wc stat grep fgrep egrep sed awk ' +
  'sort uniq comm cut paste tr nl fold expand unexpand join tee find basename dirname env printenv ' +
  'xargs true false bash sh base64 diff sleep seq expr od'
).split(' ');
/** Commands of the engine that some systems lack: known where PATH has them. */
const SOMEWHERE = 'jq md5sum sha1sum sha256sum tac rev column timeout'.split(' ');

/** What the engine prints where it lacks what the real command has, or where a limit was reached. */
const ENGINE_LACKS =
  /invalid option|unrecognized option|unknown (?:argument|option|predicate|function)|not supported|unsupported|not implemented|limit exceeded|exceeded/i;

/** Starts a simulated shell over `top`, which it sees at its real path. */
export function createSimulatedShell(top: string, machine: Machine, first: VisibleFiles): SimulatedShell {
  const state = { files: first };
  const overlay = new OverlayFs({
    root: top,
    mountPoint: top,
    allowSymlinks: true,
    maxFileReadSize: 16 * MEBIBYTE,
    maxMemoryBytes: 32 * MEBIBYTE,
  });
  const names = new Set([
    ...EVERYWHERE,
    ...SOMEWHERE,
    ...ownCommands.keys(),
    'realpath',
    FOLDERS_COMMAND,
    RUN_COMMAND,
  ]);
  const fileSystem = new ProjectFileSystem(overlay, top, (name) => names.has(name), first.evidence);

  const contextOf = (shell: ResolvedCommandContext): OwnCommandContext => ({
    folder: shell.cwd,
    environment: shell.exportedEnv ?? {},
    machine,
    files: state.files,
  });
  const wrapped = [...EVERYWHERE, ...SOMEWHERE].map((name) =>
    defineCommand(name, async (args, shell) => {
      const lacking = SOMEWHERE.includes(name) && findPrograms(name, contextOf(shell)).length === 0;
      if (lacking || shell.origCommand === undefined) return result('', `sh: 1: ${name}: not found\n`, 127);
      const said = await runEngineCommand(name, args, shell);
      const lack = ENGINE_LACKS.exec(said.stderr);
      if (name === 'ls' && args.some((arg) => /^-\w*[lstc]/.test(arg)))
        state.files.evidence.doubt('ls: owners, sizes and times');
      if (lack) state.files.evidence.doubt(`${name}: ${lack[0]}`);
      return said;
    }),
  );
  const own = [...ownCommands.keys()].map((name) =>
    defineCommand(name, (args, shell) => {
      const said = runOwnCommand(name, args, contextOf(shell));
      return Promise.resolve(result(said.output, said.error, said.exitCode));
    }),
  );

  const bash = new Bash({
    fs: fileSystem,
    cwd: top,
    commands: [...EVERYWHERE, ...SOMEWHERE].filter(isCommandName),
    customCommands: [...wrapped, ...own, realpath, folders, runProgram(() => state.files)],
    // It patches globals of the whole process while a script runs, and nothing here evaluates JavaScript.
    defenseInDepth: false,
    sleep: () => Promise.resolve(),
    executionLimits: {
      maxExecutionTimeMs: 1.5 * SECOND,
      maxCommandCount: 2000,
      maxLoopIterations: 10_000,
      maxAwkIterations: 20_000,
      maxSedIterations: 20_000,
      maxOutputSize: MEBIBYTE,
      maxStringLength: 8 * MEBIBYTE,
      maxLiveBytes: 64 * MEBIBYTE,
      maxInputBytes: 64 * MEBIBYTE,
      maxTraversalEntries: 100_000,
      maxGlobOperations: 100_000,
      maxBraceExpansionResults: 10_000,
      maxArrayElements: 100_000,
      maxSubstitutionDepth: 20,
    },
  });
  bash.registerTransformPlugin({
    name: 'switchyard',
    transform: ({ ast }) => ({ ast: adaptScript(ast, parse) }),
  });

  return async (question, files) => {
    state.files = files;
    fileSystem.noteFor(files.evidence, question.environment['PATH'] ?? '');
    // dash, which many systems have for sh, and macOS's sh take backslashes in echo.
    const escapes = machine.system === 'Darwin' || systemShell({ files }) === 'dash';
    const script = escapes ? `shopt -s xpg_echo\n${question.command}` : question.command;
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin', ...question.environment, PWD: question.folder };
    try {
      const said = await bash.exec(script, { cwd: question.folder, env, replaceEnv: true, rawScript: true });
      const stopped =
        /exceeded|exceeds|execution aborted|increase executionLimits/.test(said.stderr) &&
        [124, 126].includes(said.exitCode);
      return { output: said.stdout, exitCode: said.exitCode, stopped };
    } catch {
      return { output: '', exitCode: 127, stopped: true };
    }
  };
}

const realpath: Command = defineCommand('realpath', async (args, shell) => {
  const paths = args.filter((arg) => !arg.startsWith('-'));
  let output = '';
  for (const path of paths) {
    const full = shell.fs.resolvePath(shell.cwd, path);
    try {
      output += `${await shell.fs.realpath(full)}\n`;
    } catch {
      // GNU realpath lets the last part be missing; macOS's does not.
      if (!args.includes('-m')) return result(output, `realpath: ${path}: No such file or directory\n`, 1);
      output += `${full}\n`;
    }
  }
  return result(output, '', 0);
});

const folders: Command = defineCommand(FOLDERS_COMMAND, async ([pattern = ''], shell) => {
  const bare = pattern.replace(/\/+$/, '');
  const said = await shell.exec?.(`printf '%s\\n' ${bare}`, { cwd: shell.cwd });
  const names: string[] = [];
  for (const name of (said?.stdout ?? '').split('\n').filter((each) => each !== '')) {
    const stat = await shell.fs.stat(shell.fs.resolvePath(shell.cwd, name)).catch(() => undefined);
    if (stat?.isDirectory === true) names.push(`${name}/`);
  }
  return result(names.length === 0 ? `${pattern}\n` : names.map((name) => `${name}\n`).join(''), '', 0);
});

/** A program of the project: a shell script is simulated as well, any other is not run. */
function runProgram(files: () => VisibleFiles): Command {
  return defineCommand(RUN_COMMAND, async ([name = '', ...args], shell) => {
    const path = shell.fs.resolvePath(shell.cwd, name);
    const stat = await shell.fs.stat(path).catch(() => undefined);
    if (stat === undefined) return result('', `sh: 1: ${name}: not found\n`, 127);
    if (!stat.isFile || (stat.mode & 0o111) === 0)
      return result('', `sh: 1: ${name}: Permission denied\n`, 126);
    const start = (await shell.fs.readFile(path)).slice(0, 200);
    const isScript =
      /^#! ?(?:\/usr)?\/bin\/(?:env (?:-S )?)?(?:ba|da|z)?sh\b/.test(start) ||
      /^(?!#!)[\t\n -~]*$/.test(start);
    if (isScript && shell.exec) {
      return shell.exec(['sh', path, ...args].map(quoted).join(' '), {
        cwd: shell.cwd,
        env: shell.exportedEnv ?? {},
      });
    }
    files().evidence.doubt(`${name} is a program`);
    return result('', `${name}: not simulated\n`, 127);
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function result(stdout: string, stderr: string, exitCode: number): ExecResult {
  return { stdout, stderr, exitCode };
}

function isCommandName(name: string): name is CommandName {
  return EVERYWHERE.includes(name) || SOMEWHERE.includes(name);
}
