/** A Makefile in the shape most projects have; its recipes note what they are with `ran`. */
const makefile = (name: string): string => `.PHONY: lint test dev-up verify deploy serve
lint: ## Look for mistakes
	@echo linting ${name}
	@ran ${name} lint

test: dev-up ## Run the tests
	@ran ${name} test

dev-up: ## Start what tests need
	@ran ${name} dev-up

verify: lint test ## All checks
	@ran ${name} verify

deploy: ## Bring it out
	@ran ${name} deploy

serve: ## Serve it until stopped
	@ran ${name} serve
`;

/** Two projects with Makefiles; `web` includes a file of `api` and so depends on it. */
export const PLATFORM = {
  'api/Makefile': makefile('api'),
  'api/common.mk': 'PORT = 8080\n',
  'api/source.txt': 'one\n',
  'web/Makefile': `include ../api/common.mk\n\n${makefile('web')}`,
  'web/source.txt': 'one\n',
};
