import { describe, expect, it } from 'vitest';
import { infer } from './infer.fixture.ts';

describe('the environment of a target', () => {
  it.each([
    ['a script in a variable', 'RUN = docker run -e T=$$NAME\n', '$(RUN)'],
    ['a variable whose name has a dash', 'run-it = curl $(NAME)\n', '$(run-it)'],
    ['a function', 'fn = curl $(NAME) $(1)\n', '$(call fn,x)'],
    ['a computed name', 'MODE = prod\nprod_URL = $(NAME)\n', 'curl $($(MODE)_URL)'],
    ['its own default', '', 'NAME=$${NAME:-80}; run $$NAME'],
    ['a shell before', '', 'NAME=1\n\trun $$NAME'],
    ['a variable of the target', 'test: FLAGS = $(NAME)\n', 'run $(FLAGS)'],
    ['$(origin)', '', 'echo $(origin NAME)'],
  ])('finds an environment variable behind %s', async (_what, before, recipe) => {
    const found = await infer(`.PHONY: test\n${before}test:\n\t${recipe}\n`);
    expect(found['test']?.environment).toContain('NAME');
  });
});
