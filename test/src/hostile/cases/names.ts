import type { HostileCase } from '../hostile-case.ts';

const many = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('');
const names = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  '__defineGetter__',
];
const odd = [
  '--help',
  '-rf',
  'a\\ b',
  'a\\;touch\\ MARK',
  '`touch\\ MARK`',
  '"$$(touch\\ MARK)"',
  '$$$$(touch MARK)',
  '{projectRoot}',
  '{args}',
  '{workspaceRoot}/../..',
  '../../x',
  '/etc/passwd',
  'a$$b',
  'a\\\\nb',
  'a&&b',
  'a|b',
  '*',
  '**/*',
  '!x',
  '~',
  '~root',
  'é',
  '🚂',
  '\u202egnp',
  'a\\:b',
  'a\\:b\\:c',
  '^x',
  '@x',
  'nx',
  'run',
  "'",
  '"',
  '\\\\',
  'x\u2028y',
  '\u001b[31mred',
  '%',
  '<x>',
  '(x)',
  '1',
  '0',
  'null',
  'undefined',
  'true',
];

/** Names of targets, variables and files that mean something elsewhere. */
export const nameCases: readonly HostileCase[] = [
  {
    name: 'prototype-targets',
    makefile: `.PHONY: ${names.join(' ')}\n${names.map((name) => `${name}: ${names.join(' ')} ## text\n\techo $(${name}) $$${name}\n`).join('')}`,
  },
  {
    name: 'prototype-variables',
    makefile: `${names.map((name) => `export ${name} = $(${name}x) a\ny: ${name} := b\nz: $(${name})\n\techo $(${name})\n`).join('')}`,
  },
  {
    name: 'prototype-annotations',
    makefile: names
      .map(
        (name) =>
          `.PHONY: p${name}\np${name}: ## text @outputs(${name}) @inputs(${name}) @env(${name}) @lock(${name}) @timeout(${name}) @${name}\n\techo\n`,
      )
      .join(''),
  },
  {
    name: 'odd-targets',
    makefile: `.PHONY: ${odd.join(' ')}\n${odd.map((name) => `${name}: ## text\n\techo\n`).join('')}`,
  },
  {
    name: 'odd-dependencies',
    makefile: `.PHONY: test lint ${odd.join(' ')}\ntest: ${odd.join(' ')}\n\techo\nlint: test-a\\ b\n\techo\ntest-a\\ b test-{projectRoot} test-$$$$(x) test-\\;touch:\n\techo\n.PHONY: test-a\\ b\n`,
  },
  {
    name: 'odd-outputs',
    makefile:
      '.PHONY: build test\nbuild: ## x @outputs(../../.. / . {workspaceRoot} {workspaceRoot}/../.. ** !x ~ $$HOME) @inputs(../../../../etc/** /etc/shadow !** {projectRoot}/../.. ^x)\n\techo\ntest: ## x @outputs({projectRoot}/../..) @env(a=b) @timeout(9999999999h)\n\techo\nfile.txt: ../../../../etc/passwd ../**/* ../{a,b} ../!x\n\techo > $@\n',
  },
  {
    name: 'long-names',
    makefile: `${'n'.repeat(10_000)}: ${'m'.repeat(10_000)} ## ${'text '.repeat(10_000)}\n\techo\n.PHONY: ${'n'.repeat(10_000)}\n`,
  },
  {
    name: 'very-long-names',
    makefile: `.PHONY: ${'n'.repeat(300_000)} b\n${'n'.repeat(300_000)} b:\n\techo\n`,
  },
  { name: 'targets-100000', makefile: `${many(100_000, (at) => `t${at}:\n\techo ${at}\n`)}` },
  {
    name: 'checks-chain',
    makefile: `${many(4000, (at) => `.PHONY: test-${at}\ntest-${at}: test-${at + 1} action-${at}\n\techo $(X${at}) $$Y${at}\naction-${at}: action-${at + 1}\n\techo\n.PHONY: action-${at}\n`)}`,
  },
  {
    name: 'files-chain',
    makefile: `${many(4000, (at) => `f${at}.txt: f${at + 1}.txt\n\techo $@ $(X${at})\n.PHONY: g${at}\ng${at}: f${at}.txt\n`)}`,
  },
  {
    name: 'all-wide',
    makefile: `.PHONY: ${many(2000, (at) => `test-${at} `)}\n${many(2000, (at) => `test-${at}: hidden\n\techo\n`)}hidden: ${many(2000, (at) => `h${at} `)}\n${many(2000, (at) => `h${at}: \n\techo $(A${at})\n`)}`,
  },
  {
    name: 'wide-prerequisites',
    makefile: `.PHONY: a b\na: ${many(300_000, (at) => `p${at} `)}\n\techo\nb: a\n\techo\n`,
  },
  {
    name: 'texts-echo',
    makefile: `help:\n\t${'echo '.repeat(50_000)}\n\t${'echo make '.repeat(20_000)}\n\t${`echo ${'make x '.repeat(20_000)}`}\n`,
  },
  {
    name: 'texts-blanks',
    makefile: `${`a${' '.repeat(100_000)}b\\\n`}: c\n${`# ${' '.repeat(100_000)}x\n`}q: ## ${' '.repeat(100_000)}x\n\techo\nr: ${'#'.repeat(100_000)}\n\techo\n`,
  },
  {
    name: 'texts-annotations',
    makefile: `.PHONY: q\nq: ## ${'@env('.repeat(50_000)}\n\techo\n.PHONY: r\nr: ## ${' @timeout'.repeat(50_000)}\n\techo\n`,
  },
  { name: 'texts-comments', makefile: `${'# words of a comment\n'.repeat(100_000)}q:\n\techo\n.PHONY: q\n` },
  {
    name: 'recipes-long',
    makefile: `.PHONY: q test\nq:\n\t${'a/../'.repeat(200_000)}\n\t${'-C '.repeat(100_000)}\n\t${'cd '.repeat(100_000)}x\ntest:\n\t${'report.xml '.repeat(20_000)}\n\t${'--out '.repeat(50_000)} report.xml\n\t${'$$X '.repeat(50_000)}\n\t${'for x '.repeat(50_000)}\n\t${'read -r '.repeat(50_000)}\n\t${'-'.repeat(100_000)}out=coverage.xml\n`,
  },
  {
    name: 'recipes-blanks',
    makefile: `.PHONY: q test\nq:\n\t-@${' '.repeat(200_000)}x\ntest:\n\t>${' '.repeat(100_000)}x coverage.xml\n\tcd${' '.repeat(200_000)}\n\t-o${' '.repeat(100_000)}y\n`,
  },
  { name: 'recipes-many', makefile: `.PHONY: q\nq:\n${'\tmake -C ../a $(X)\n'.repeat(200_000)}` },
  {
    name: 'recipes-reports',
    makefile: `.PHONY: test\ntest:\n${many(3000, (at) => `\techo > report${at}.xml\n`)}`,
  },
  {
    name: 'recipes-variables',
    makefile: `A = ${'$(B) '.repeat(90)}\nB = ${'$(C) '.repeat(90)}\nC = ${'$(D) '.repeat(90)}\nD = ${'$(E) '.repeat(90)}\nE = x/y\n.PHONY: q\nq:\n\techo $(A)\n\techo $(A)\n`,
  },
  {
    name: 'files-undeclared',
    makefile: `${many(2000, (at) => `word${at}: word${at + 1}\n${`\techo word${at}x words\n`.repeat(20)}`)}`,
  },
];
