/** Targets that tell make something and are never built (GNU make manual, "Special Built-in Target Names"). */
const special = new Set([
  '.DEFAULT',
  '.DELETE_ON_ERROR',
  '.EXPORT_ALL_VARIABLES',
  '.IGNORE',
  '.INTERMEDIATE',
  '.LOW_RESOLUTION_TIME',
  '.NOTINTERMEDIATE',
  '.NOTPARALLEL',
  '.ONESHELL',
  '.PHONY',
  '.POSIX',
  '.PRECIOUS',
  '.SECONDARY',
  '.SECONDEXPANSION',
  '.SILENT',
  '.SUFFIXES',
  '.WAIT',
]);

/** The suffixes that a plain run of make knows without being told. */
const builtInSuffixes =
  '.out .a .ln .o .c .cc .C .cpp .p .f .F .m .r .y .l .ym .yl .s .S .mod .sym .def .h .info .dvi .tex .texinfo .texi .txinfo .w .ch .web .sh .elc .el'.split(
    ' ',
  );

/** Tells whether a name is a special target such as `.PHONY`. */
export function isSpecialTarget(name: string): boolean {
  return special.has(name);
}

/** Tells whether a name is a suffix rule (`.c`, `.c.o`), given what the Makefile itself puts into `.SUFFIXES`. */
export function createSuffixRuleTest(declared: readonly string[]): (name: string) => boolean {
  const suffixes = new Set([...builtInSuffixes, ...declared]);
  return (name) => {
    if (!name.startsWith('.')) return false;
    if (suffixes.has(name)) return true;
    for (let dot = name.indexOf('.', 1); dot > 0; dot = name.indexOf('.', dot + 1)) {
      if (suffixes.has(name.slice(0, dot)) && suffixes.has(name.slice(dot))) return true;
    }
    return false;
  };
}
