/** Where a line stands: `file` as make names it, relative to the Makefile's folder; `line` counts from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

/** One explicit target of a Makefile, as GNU make's database holds it after reading. */
export interface MakeTarget {
  readonly name: string;
  readonly phony: boolean;
  /** Normal prerequisites in make's order, each once. */
  readonly prerequisites: readonly string[];
  /** Prerequisites behind `|`. */
  readonly orderOnly: readonly string[];
  /** Recipe lines as written (not expanded), without the recipe prefix. Double-colon rules: those of all rules, in order. */
  readonly recipe: readonly string[];
  readonly doubleColon: boolean;
  /** The recipe is longer than what is kept of it. */
  readonly cut?: true;
  /** Names of the variables that are set for this target only (`target: NAME = value`). */
  readonly variables: readonly string[];
  /** What these are set to, not expanded. Absent where there are none, and where it is not known. */
  readonly variableValues?: readonly string[];
  /** Where the rule that brings the recipe stands, or else the first rule. Absent where it is not known. */
  readonly location?: Location;
}

/** A global variable as it stands after reading. `value` is not expanded for recursive ones. */
export interface MakeVariable {
  readonly value: string;
  readonly flavor: 'simple' | 'recursive';
  /** `override` counts as file. */
  readonly origin: 'file' | 'environment' | 'default' | 'automatic' | 'command line';
}

/** A shell call that reading needed and that could not be answered without running something. */
export interface UnansweredCall {
  readonly command: string;
  readonly location?: Location;
}

/** What a reading depends on besides the Makefile itself; all paths are absolute. */
export interface ReadingSources {
  /** Files read, or looked for and not found (optional includes, `$(wildcard)` of a plain name, shell answers). Includes the Makefile. */
  readonly files: readonly string[];
  /** Folders whose listing was read (`$(wildcard *.c)`, `ls`, `find`). */
  readonly folders: readonly string[];
  /** Environment variables looked up while reading, with what was found. */
  readonly environment: Readonly<Record<string, string | null>>;
}

/** What a Makefile says, read without running anything of it. */
export interface MakeReading {
  /** `exact`: as make reads it. `approximate`: literal rules found by a text scan, because reading stopped (see `problem`). `unreadable`: not even that. */
  readonly fidelity: 'exact' | 'approximate' | 'unreadable';
  /** Absolute path of the Makefile. */
  readonly makefile: string;
  /** All makefiles that were read, in order (MAKEFILE_LIST); absolute paths; the Makefile first. */
  readonly makefiles: readonly string[];
  /** Explicit targets in order of first mention as a target; no special targets (.PHONY ...), no pattern or suffix rules. */
  readonly targets: readonly MakeTarget[];
  readonly defaultGoal?: string;
  /** Global variables that the makefiles or the environment set; no automatic or built-in ones. */
  readonly variables: Readonly<Record<string, MakeVariable>>;
  /** Names of variables exported to recipes (`export NAME`); `*` for a bare `export`. */
  readonly exported: readonly string[];
  /** Things that make a target's run depend on more than its own rule. */
  readonly features: {
    /** `.NOTPARALLEL:` or `.WAIT` is used. */
    readonly notParallel: boolean;
    /** MAKECMDGOALS is read anywhere in the makefiles. */
    readonly readsGoals: boolean;
    /** `.ONESHELL:` is set. */
    readonly oneShell: boolean;
  };
  /** Targets of pattern rules with a recipe, such as `%.o` (`.c.o:` counts as that). Absent where it is not known. */
  readonly patterns?: readonly string[];
  /** What variables of patterns (`%-check: NAME = value`) are set to, not expanded. Absent where it is not known. */
  readonly patternVariableValues?: readonly string[];
  readonly sources: ReadingSources;
  readonly unanswered: readonly UnansweredCall[];
  /** There was not enough time: with more of it the reading could be better. */
  readonly outOfTime?: true;
  /** Why the reading is not exact: make's message (`Makefile:3: *** missing separator.  Stop.`) or the limit that was hit. */
  readonly problem?: string;
}
