import type { MakeReading, MakeTarget } from '../reading.ts';
import { readAnnotations, type Annotations } from './annotations.ts';
import { findComposeUses, type ComposeUse, type PreparedEnvironment } from './compose-uses.ts';
import { readDocumentation } from './documentation.ts';
import { environmentInputs } from './environment-inputs.ts';
import type { InferenceOptions } from './inference-options.ts';
import { kindByName, kinds, type Kind, type KindPatterns, type Recognition } from './kind.ts';
import { matchesName } from './name-pattern.ts';
import { OutOfPatience, Patience } from './patience.ts';
import { planTargets } from './plan-targets.ts';
import { recipeLocks } from './recipe-locks.ts';
import { reportFiles } from './report-files.ts';
import { tameReading } from './tame-reading.ts';
import { TargetGraph } from './target-graph.ts';

/** One make target as a target of a project, still without Nx's words. All paths are relative to the Makefile's folder. */
export interface InferredTarget {
  readonly makeTarget: string;
  readonly kind: Kind;
  /** What it was recognised by, for people. */
  readonly reason: string;
  readonly description?: string;
  /** `nothing`: its checks are tasks of their own and it has no recipe. */
  readonly runs: 'make' | 'nothing';
  readonly dependsOn: readonly string[];
  readonly preparations: readonly string[];
  /** Why make gets its prerequisites whole, where it does. */
  readonly whole?: string;
  /** More input files than those of the project, and than its outputs left out. */
  readonly inputs: readonly string[];
  readonly environment: readonly string[];
  readonly outputs: readonly string[];
  /** As written: `db`, `cache:shared`. Those of what runs for this target, too. */
  readonly locks: readonly string[];
  /** The environments that its recipe works with. Absent where there are none. */
  readonly compose?: readonly ComposeUse[];
  /** The environments that its preparations bring up. Absent where there are none. */
  readonly prepared?: readonly PreparedEnvironment[];
  /** As written: `10m`. */
  readonly timeout?: string;
}

/** More targets than this are not shown: Nx looks at each of them for every command. */
export const mostTargets = 3000;

/** What the targets of a Makefile mean. Pure: `texts` holds the content of each makefile that was read. */
export function inferTargets(
  whole: MakeReading,
  texts: Iterable<string>,
  options: InferenceOptions,
): readonly InferredTarget[] {
  const reading = tameReading(whole);
  try {
    return understand(reading, texts, options, new Patience());
  } catch (error) {
    // Deep recursion ends in a RangeError.
    if (!(error instanceof OutOfPatience || error instanceof RangeError)) throw error;
    return reading.targets.filter(isCommand).slice(0, mostTargets).map(wholeTarget);
  }
}

/** What is shown of a Makefile that takes too long to understand: its phony targets, each left to make as it is. */
function wholeTarget(target: MakeTarget): InferredTarget {
  return {
    makeTarget: target.name,
    kind: 'action',
    reason: 'its Makefile is too large or too tangled to be understood',
    runs: 'make',
    dependsOn: [],
    preparations: [],
    whole: 'its Makefile is too large or too tangled to be taken apart',
    inputs: [],
    environment: [],
    outputs: [],
    locks: [],
  };
}

function isCommand({ name, phony }: MakeTarget): boolean {
  return phony && !/^[_.]/.test(name) && !name.includes('%');
}

function understand(
  reading: MakeReading,
  texts: Iterable<string>,
  options: InferenceOptions,
  patience: Patience,
): readonly InferredTarget[] {
  const graph = new TargetGraph(reading, patience);
  const docs = new Map([...texts].flatMap((text) => [...readDocumentation(text, patience)]).toReversed());
  const exposed = reading.targets.filter((target) => isExposed(target, graph, docs)).slice(0, mostTargets);
  const notes = new Map(exposed.map(({ name }) => [name, readAnnotations(docs.get(name) ?? '')]));
  const patterns: KindPatterns = Object.fromEntries(kinds.map((kind) => [kind, options[kind] ?? []]));
  const described = exposed.map((target) => {
    patience.look();
    const annotations = notes.get(target.name) ?? readAnnotations('');
    const outputs = outputsOf(target, annotations, graph, options);
    const recognition = recognise(target, annotations, outputs, patterns, graph);
    return { target, annotations, outputs, recognition };
  });
  const kindOf = new Map(described.map(({ target, recognition }) => [target.name, recognition.kind]));
  const restorable = new Set(
    described.flatMap(({ target, outputs, recognition }) =>
      recognition.kind === 'build' && outputs.length > 0 ? [target.name] : [],
    ),
  );
  const context = {
    reading,
    graph,
    kinds: kindOf,
    restorable,
    shared: sharedTargets(exposed, graph, kindOf),
  };
  const plans = planTargets(exposed, context);
  const forRecipes = recipeLocks(plans, context.shared, kindOf, graph);
  const composeUses = findComposeUses(reading, graph, patience);
  const locksOf = new Map(
    [...docs].flatMap(([name, text]) =>
      text.includes('@lock(') ? [[name, readAnnotations(text).locks]] : [],
    ),
  );
  return described.map(({ target, annotations, outputs, recognition }): InferredTarget => {
    const plan = plans.get(target.name) ?? { dependsOn: [], preparations: [] };
    // What its tasks depend on counts here too: their results are this one's inputs.
    const below = [...graph.reach(target.name)];
    patience.spend(20 * below.length);
    patience.look();
    const involved = below.flatMap((name) => graph.targets.get(name) ?? []);
    const noted = below.flatMap((name) => notes.get(name) ?? []);
    const isCheck = recognition.kind === 'check';
    const own = [...graph.reach(target.name, new Set(plan.dependsOn))].filter(
      (name) => !plan.dependsOn.includes(name),
    );
    const idle = own.every((name) => graph.isEmpty(name));
    const runs =
      idle && plan.preparations.length === 0 && target.phony && plan.dependsOn.length > 0
        ? 'nothing'
        : 'make';
    const elsewhere = new Set([...plan.dependsOn, ...plan.preparations]);
    const user = { name: target.name, kind: recognition.kind };
    const compose = composeUses?.of(user, elsewhere) ?? [];
    const prepared = composeUses?.preparedFor(user, plan.preparations) ?? [];
    return {
      makeTarget: target.name,
      kind: recognition.kind,
      reason: recognition.reason,
      ...(annotations.text === '' ? {} : { description: annotations.text }),
      runs,
      dependsOn: plan.dependsOn,
      preparations: plan.preparations,
      ...(plan.whole === undefined ? {} : { whole: plan.whole }),
      inputs: [
        ...below.filter((name) => !graph.targets.has(name) && name.startsWith('../')),
        ...noted.flatMap(({ inputs }) => inputs),
        ...below.flatMap((name) => listed(options.inputs, name)),
      ],
      environment: [
        ...new Set([
          ...environmentInputs(reading, involved),
          ...noted.flatMap(({ environment }) => environment),
        ]),
      ].toSorted(),
      outputs: isCheck && outputs.length === 0 ? reportFiles(target.recipe) : outputs,
      locks: [
        ...new Set([
          ...own.flatMap((name) => locksOf.get(name) ?? []),
          ...(forRecipes.get(target.name) ?? []),
        ]),
      ].toSorted(),
      ...(compose.length === 0 || runs === 'nothing' ? {} : { compose }),
      ...(prepared.length === 0 ? {} : { prepared }),
      ...(annotations.timeout === undefined ? {} : { timeout: annotations.timeout }),
    };
  });
}

const makefileName = /^(?:GNUmakefile|[Mm]akefile)$/;

/**
 * Private names, and files that nobody documented, are make's own affair; so are absolute paths (`$(GOBIN)/tool`, often
 * declared phony), which would make the same project another one on another machine.
 */
function isExposed(target: MakeTarget, graph: TargetGraph, docs: ReadonlyMap<string, string>): boolean {
  if (/^[_./]/.test(target.name) || target.name.includes('%') || makefileName.test(target.name)) return false;
  if (target.phony || docs.has(target.name)) return true;
  return !graph.isFile(target);
}

function recognise(
  target: MakeTarget,
  annotations: Annotations,
  outputs: readonly string[],
  patterns: KindPatterns,
  graph: TargetGraph,
): Recognition {
  if (target.cut === true) return { kind: 'action', reason: 'its recipe is too long to be understood' };
  if (annotations.kind !== undefined) {
    if (annotations.kind === 'build' && outputs.length === 0)
      return {
        kind: 'action',
        reason: 'its comment says @build, but its outputs are not known: add @outputs(...)',
      };
    return { kind: annotations.kind, reason: `its comment says @${annotations.kind}` };
  }
  const chosen = kindByName(target.name, patterns);
  const byUser = chosen?.reason.endsWith('options') === true;
  if (chosen !== undefined && (byUser || chosen.kind !== 'action')) {
    if (chosen.kind !== 'build' || outputs.length > 0) return chosen;
    return { kind: 'action', reason: `${chosen.reason}, but its outputs are not known` };
  }
  if (annotations.outputs.length > 0 && outputs.length > 0)
    return { kind: 'build', reason: 'its outputs are given' };
  if (outputs.length > 0 && (chosen === undefined || /build|image/.test(target.name)))
    return {
      kind: 'build',
      reason: graph.isFile(target) ? 'it is a file' : 'its prerequisites are files, or its outputs are given',
    };
  return chosen ?? { kind: 'action', reason: 'nothing says that it can be cached' };
}

function outputsOf(
  target: MakeTarget,
  annotations: Annotations,
  graph: TargetGraph,
  options: InferenceOptions,
): readonly string[] {
  const given = [...annotations.outputs, ...listed(options.outputs, target.name)];
  if (given.length > 0) return given.map((file) => file.replace(/^(?:\.\/)+/, '')).filter(isOwnOutput);
  const made = (one: MakeTarget): boolean =>
    graph.isFile(one) && one.recipe.length > 0 && !graph.isForced(one);
  if (made(target)) return [target.name].filter(isInside);
  const prerequisites = target.prerequisites.map((name) => graph.targets.get(name));
  const quiet = target.recipe.every((line) => /^[-@\s]*(?:echo|printf|:|true)\b[^>|;&`]*$/.test(line));
  const files = prerequisites.flatMap((found) => (found !== undefined && made(found) ? [found.name] : []));
  const all = target.phony && quiet && files.length > 0 && files.length === target.prerequisites.length;
  return all && files.every(isInside) ? files : [];
}

function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..') && !/[*?[\]{}!$\s]/.test(path);
}

/** Nx removes an output before it restores it: never the project's folder itself, or what lies outside it. */
function isOwnOutput(path: string): boolean {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length > 0 && !parts.includes('..') && !/^[/!~*]|[{}$\\\s]/.test(path);
}

function listed(
  lists: Readonly<Record<string, readonly string[]>> | undefined,
  name: string,
): readonly string[] {
  return Object.entries(lists ?? {}).flatMap(([pattern, list]) => (matchesName(pattern, name) ? list : []));
}

/**
 * Hidden targets with a recipe that lie below more than one exposed target: two tasks could run them at once. Not those
 * of an absolute path: named in a command, they would give each machine another cache.
 */
function sharedTargets(
  exposed: readonly MakeTarget[],
  graph: TargetGraph,
  kindOf: ReadonlyMap<string, Kind>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  const stops = new Set(kindOf.keys());
  for (const { name } of exposed) {
    for (const reached of graph.reach(name, stops)) {
      if (stops.has(reached) || reached.startsWith('/') || !graph.hasRecipe(reached)) continue;
      if (seen.has(reached)) shared.add(reached);
      seen.add(reached);
    }
  }
  return shared;
}
