import type { HostileCase } from '../hostile-case.ts';

const ten = 'L := 1 2 3 4 5 6 7 8 9 0\n';
const doubled = (seed: string): string =>
  `X0 = ${seed}\n${Array.from({ length: 60 }, (_, at) => `X${at + 1} = $(X${at})$(X${at})\n`).join('')}`;
const nested = (levels: number, body: string): string =>
  Array.from({ length: levels }).reduce<string>((inner, _, at) => `$(foreach v${at},$(L),${inner})`, body);
const many = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('');

/** Makefiles whose evaluation would never end, or fill the memory. */
export const bombCases: readonly HostileCase[] = [
  { name: 'eval-self', makefile: 'define X\n$(eval $(value X))\nendef\n$(eval $(value X))\n' },
  {
    name: 'eval-doubling',
    makefile: 'define X\nA := $$(A)$$(A)y\n$$(eval $$(X))\n$$(eval $$(X))\nendef\n$(eval $(X))\n',
  },
  {
    name: 'eval-rules',
    makefile: `${ten}$(eval ${nested(6, '$(eval t$(v0)$(v1)$(v2)$(v3)$(v4)$(v5): ; x)')})\n`,
  },
  {
    name: 'eval-variables',
    makefile: `${ten}X := ${nested(7, '$(eval V$(v0)$(v1)$(v2)$(v3)$(v4)$(v5)$(v6) := $(L)$(L)$(L))')}\n`,
  },
  { name: 'append-forever', makefile: `${ten}X := ${nested(7, '$(eval Y += aaaaaaaaaaaaaaaaaaaa)')}\n` },
  { name: 'doubled-text', makefile: `${doubled('xxxxxxxxxx')}Y := $(X60)\n` },
  { name: 'doubled-nothing', makefile: `${doubled('')}Y := $(X60)\n` },
  { name: 'doubled-in-recipe', makefile: `${doubled('x')}a:\n\techo $(X60) ../$(X60)\n` },
  { name: 'nested-loops', makefile: `${ten}X := ${nested(9, 'x')}\n` },
  { name: 'nested-empty-loops', makefile: `${ten}X := ${nested(9, '')}\n` },
  { name: 'call-forever', makefile: 'f = $(call f,$1 x)\nX := $(call f,a)\n' },
  {
    name: 'call-branching',
    makefile:
      'f = $(if $1,$(call f,$(wordlist 2,99,$1))$(call f,$(wordlist 2,99,$1)))\nX := $(call f,1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0)\n',
  },
  { name: 'self-reference', makefile: 'X = $(X)\nY := $(X)\n' },
  {
    name: 'subst-growth',
    makefile: `X := aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n${many(40, () => 'X := $(subst a,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,$(X))\n')}`,
  },
  {
    name: 'percent-patterns',
    makefile: `${ten}W := ${nested(5, '%$(v0)%$(v1)%%%%')}\nX := $(filter %%%%%%%%%% %a%b%c%d,$(W)) $(filter-out $(W),$(W)) $(patsubst %%%%%%%%,%%%%,$(W))\n`,
  },
  {
    name: 'static-patterns',
    makefile: `${ten}W := ${nested(5, 'a$(v0)$(v1)$(v2)$(v3)$(v4)')}\n$(W): %: %.c %.d %.e %.f\n\techo\n$(W): a%: $(W)\n`,
  },
  {
    name: 'all-on-all',
    makefile: `${ten}W := ${nested(3, 'a$(v0)$(v1)$(v2)')}\n.PHONY: $(W)\n$(W): $(W)\n\techo $(W)\n`,
  },
  { name: 'brackets', makefile: `X := ${'$('.repeat(200_000)}a${')'.repeat(200_000)}\n` },
  { name: 'open-brackets', makefile: `X := ${'$('.repeat(200_000)}\n` },
  { name: 'open-brackets-in-rule', makefile: `a: ${'$('.repeat(200_000)}\n` },
  { name: 'open-target-brackets', makefile: `${'$( '.repeat(100_000)}: a\n` },
  { name: 'archive-names', makefile: `a: ${'x(y '.repeat(100_000)}\n` },
  { name: 'strips', makefile: `X := ${'$(strip '.repeat(50_000)}a${')'.repeat(50_000)}\n` },
  { name: 'open-calls', makefile: `X := $(subst a,b,${'$(if a,'.repeat(3000)}\n` },
  { name: 'conditionals', makefile: `${'ifdef X\n'.repeat(200_000)}${'endif\n'.repeat(200_000)}` },
  { name: 'open-conditionals', makefile: 'ifeq (a,a)\n'.repeat(200_000) },
  { name: 'conditional-brackets', makefile: `ifeq (${'('.repeat(100_000)},${')'.repeat(100_000)})\nendif\n` },
  { name: 'defines', makefile: `${'define X\n'.repeat(200_000)}${'endef\n'.repeat(200_000)}` },
  { name: 'backslashes', makefile: `a${'\\'.repeat(1_000_000)}:b\n` },
  { name: 'continued-lines', makefile: `X := a${' \\\n'.repeat(500_000)}\n\n` },
  { name: 'escaped-colons', makefile: `a: ${'\\:'.repeat(300_000)}\n` },
  { name: 'escaped-hashes', makefile: `X := ${'\\#'.repeat(300_000)}\n` },
  { name: 'hashes-with-backslashes', makefile: `a ${`${'\\'.repeat(999)}#`.repeat(3000)}: b\n` },
  { name: 'semicolons', makefile: `a: ${'\\;'.repeat(300_000)}\n` },
  { name: 'dollars', makefile: `a: ${'$$'.repeat(500_000)}\n` },
  { name: 'dollar-in-rule', makefile: `${'$a '.repeat(300_000)}: b\n` },
  {
    name: 'stars',
    makefile: `X := $(wildcard ${'*a'.repeat(2000)}) $(wildcard ${'['.repeat(20_000)}) $(wildcard ${'{a,b}'.repeat(1000)}*)\n`,
  },
  { name: 'bracket-glob', makefile: `a: ${'[[:'.repeat(20_000)}*\n` },
  {
    name: 'walk',
    makefile:
      'X := $(wildcard /*/*/*/*/*/*/*/*/*) $(wildcard ../../../../**) $(wildcard ../../../../../../../*/*/*/*)\n',
  },
  { name: 'circles', makefile: `X := $(wildcard ${'/*/..'.repeat(12)})\n` },
  {
    name: 'vpath',
    makefile: `VPATH = ${'/usr:'.repeat(100_000)}\n${many(20_000, (at) => `vpath %.c${at} /usr\n`)}`,
  },
  { name: 'big-sort', makefile: `${ten}X := $(sort ${nested(6, '$(v5)$(v4)$(v3)$(v2)$(v1)$(v0)')})\n` },
  {
    name: 'words-in-a-loop',
    makefile: `${ten}W := ${nested(5, 'word')}\nX := ${nested(5, '$(words $(W))$(lastword $(W))$(word 99999,$(W))')}\n`,
  },
  {
    name: 'find-in-a-loop',
    makefile: `${ten}W := ${nested(6, 'word')}\nX := ${nested(5, '$(findstring nowhere,$(W))$(strip $(W))')}\n`,
  },
  {
    name: 'dirs-in-a-loop',
    makefile: `${ten}W := ${nested(6, 'a/b/c.d')}\nX := ${nested(5, '$(words $(dir $(W))$(notdir $(W))$(basename $(W))$(suffix $(W))$(abspath $(W))$(join $(W),$(W)))')}\n`,
  },
  {
    name: 'all-variables',
    makefile: `${many(20_000, (at) => `V${at} = $(.VARIABLES)\n`)}${ten}X := ${nested(4, '$(words $(.VARIABLES))')}\n`,
  },
  {
    name: 'target-variables',
    makefile: many(50_000, (at) => `t${at % 100}: private export V${at} += $(V${at})x\n`),
  },
  {
    name: 'appended-target-variables',
    makefile: `${many(30_000, () => 'a: X += xxxxxxxxxxxxxxxxxxxxxxxx\n')}.SECONDEXPANSION:\na: $$(X)\n`,
  },
  {
    name: 'second-expansions',
    makefile: `.SECONDEXPANSION:\n${many(3000, (at) => `t: $$(words $$^ $$+ $$|) p${at}\n`)}`,
  },
  { name: 'undefined-forever', makefile: `${ten}X := ${nested(6, '$(N$(v0)$(v1)$(v2)$(v3)$(v4)$(v5))')}\n` },
  {
    name: 'suffixes',
    makefile: `.SUFFIXES: ${many(20_000, (at) => `.s${at} `)}\n${many(20_000, (at) => `.s${at}.q${at}:\n\tx\n`)}`,
  },
  {
    name: 'pattern-rules',
    makefile: `${many(20_000, (at) => `%.p${at}: %.q${at}\n\tx\n`)}${many(2000, (at) => `-include m${at}.mk\n`)}include gone1.mk\n`,
  },
  { name: 'double-colons', makefile: many(20_000, (at) => `a:: b${at}\n\techo ${at}\n`) },
  { name: 'missing-includes', makefile: many(50_000, (at) => `-include missing${at}.mk\n`) },
];
