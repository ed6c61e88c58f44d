/** Small Makefiles, one feature each; the reading must say of each what real make says. */
export const snippets: Readonly<Record<string, string>> = {
  'continued lines': 'all: a \\\n  b\\\n\tc\nX = 1 \\\n  2\nd: $(X)\n',
  comments: 'all: a # no\n#x: y\nh\\#: b\nX = a # c\ny: $(X)\n# more \\\nz: q\n',
  'recipes with semicolons': 'all: a ; echo hi: x\nb: ; @echo\nc: $(if a,x;echo y)\n',
  'define in all flavours':
    'define A\nx y\nendef\ndefine B :=\n$(A) z\nendef\ndefine C =\nq\ndefine D\nw\nendef\nendef\ndefine A +=\n more\nendef\ndefine E ?=\ne\nendef\nall: $(A) $(B) $(E)\n$(eval d: $(C))\n',
  'define made of rules':
    'define R\n$(1): $(2)\n\techo $$@\n\nendef\n$(foreach n,a b c,$(eval $(call R,$n,$n.c)))\n',
  'assignment flavours':
    'A = 1 $(B)\nB := 2\nC ::= $(A)\nB += 3\nD ?= 4\nD ?= 5\nA += 6\nE =\nE += 7\nall: $(A) $(B) $(C) $(D) $(E)\n',
  origins:
    'override A = 1\nA = 2\nall: $(A) $(origin A) $(origin CC) $(origin PATH) $(origin NOPE) $(flavor A)\n',
  'export and undefine':
    'export A = 1\nexport B\nunexport C\nD = 5\nundefine D\nall: x$(A)y$(D)z $(flavor D)\n',
  conditionals:
    'ifeq ($(A),)\nX = 1\nelse\nX = 2\nendif\nifneq "a" \'b\'\nY = 3\nendif\nifdef X\nZ = 4\nelse ifdef Y\nZ = 5\nelse\nZ = 6\nendif\nifndef Q\nifeq (a , a)\nW = 7\nelse ifeq (a,b)\nW = 8\nendif\nendif\nall: $(X) $(Y) $(Z) w$(W)\n',
  'chains of else if':
    'V = c\nifeq ($(V),a)\nX=1\nelse ifeq ($(V),b)\nX=2\nelse ifeq ($(V),c)\nX=3\nelse ifeq ($(V),c)\nX=4\nelse\nX=5\nendif\nall: $(X)\n',
  'ignored definitions': 'ifdef NOPE\ndefine A\nelse\nendif\nendef\nB = 1\nelse\nB = 2\nendif\nall: $(B)\n',
  'conditionals in recipes': 'all:\nifdef NOPE\n\techo a\nelse\n\techo b\nendif\n\techo c\nb: c\n',
  'several targets': 'a b c: d e | f\nb: g\na:: x\n',
  'double colons': 'a:: b\n\techo\na:: c\n\techo 2\n',
  'rules in parts': 'a: b\na: c\n\techo\na: d b\na: | e\n',
  'overridden recipes': 'a: b\n\techo 1\na: c\n\techo 2\na: d\n',
  'static patterns': 'a.o b.o c.x: %.o: %.c %.h inc/%.i | d/%\n\tcc\n',
  'static patterns with a folder': 'O = out/a.o out/sub/b.o\n$(O): out/%.o: src/%.c\n',
  'pattern and suffix rules':
    '%.o: %.c\n\tcc\n.c.o:\n\tcc\n.SUFFIXES: .q .r\n.q.r:\n\tx\n.q:\n\ty\nall: a.o\n',
  'grouped targets': 'a b &: c\n\techo\nd&: e\n\techo\n',
  'target variables':
    'all: X = 1\nall: Y := $(X) 2\nall: Z += 3\nall: export W = 4\nall: b\nc: private override V = 5\n',
  'pattern variables': '%.o: X = 1\nall: a.o\n',
  'another recipe prefix': '.RECIPEPREFIX = >\nall: a\n> echo b\nb: c\n.RECIPEPREFIX =\nd: e\n\techo\n',
  phony: 'P = a b\n.PHONY: $(P) nothing\n.PHONY: c\na: x\nb: y\nc: z\n',
  'default goal': '.x: y\n.dir/x: z\nb: c\n',
  'explicit default goal': '.DEFAULT_GOAL := c\nb: c\nc: d\n',
  'default goal taken back': 'a: b\n.DEFAULT_GOAL :=\nc: d\n',
  'default goal behind a suffix rule': '.c.o:\n\tx\n%.z: y\nq: r\n',
  'second expansion':
    'F = x\nold: $$(F)\n.SECONDEXPANSION:\nF2 = $(F).late\nall: $$(F2) $$@.c a$$*b\nm.c: $$*.h $$<\nn: q $$< $$^\nF = y\na.o b.o: %.o: $$(addsuffix .c,%) %.h\n',
  wildcards:
    'all: $(wildcard *.src) *.src nope.*\n*.src: x\nl: $(sort $(wildcard sub/* ./*.src [ab].src))\nd: $(wildcard */) $(wildcard sub) $(wildcard nope)\n',
  'names with dots': './a: ././b .//c ./\nd/./e: f//g\n',
  'quoted names': 'a\\ b: c\\ d\ne\\:f: g\\:h i\n%\\%x: y\nj\\\\k: l\n',
  'text functions':
    'L = a.c b.c c.h\nall: $(subst a,X,$(L)) $(patsubst %.c,%.o,$(L)) $(filter %.c,$(L)) $(filter-out a.c %.h,$(L)) $(sort c b a b) $(word 2,$(L)) $(words $(L)) $(wordlist 2,3,$(L)) $(firstword $(L)) $(lastword $(L)) $(strip   q  r ) $(findstring b.,$(L)) $(patsubst b.c,z,$(L)) $(join 1 2 3,x y)\n',
  'name functions':
    'L = src/a.c b x/ .hid d.e/f\nall: $(dir $(L)) $(notdir $(L)) $(suffix $(L)) $(basename $(L)) $(addsuffix .q,a b) $(addprefix p/,a b)\nabs: $(notdir $(abspath a ../b/./c)) $(notdir $(realpath sub nope))\n',
  'control functions':
    'f = $(2)-$(1)$(3)\nrev = $(if $(1),$(call rev,$(wordlist 2,99,$(1))) $(firstword $(1)))\nE =\nall: $(if ,a,b) $(if x,a,b) $(if ,a)n $(or ,$(E),c,d) z$(and a,,b) $(and a,b) $(call f,1,2) $(call rev,x y z) $(foreach i,1 2,$(i)$(i)) $(value f2) $(call subst,a,b,cab)\n',
  'substitution references':
    'L = a.c b.c\nN = L\nall: $(L:.c=.o) $(L:%.c=%.d) ${L:a=z} $($(N):.c=.x) $(L:b.c=)\n',
  'computed names': 'a_x = 1\nb = x\nall: $(a_$(b)) $(a_$(b)) $a $$x\nx = 3\ny: $x$(x)$ z\n',
  'make variables':
    'all: $(notdir $(CURDIR)) $(MAKE) $(MAKELEVEL) $(MAKE_VERSION) $(MAKEFILE_LIST) $(RM) $(SHELL) $(MAKECMDGOALS:.__read__=)f $(.SHELLFLAGS) $(.INCLUDE_DIRS) $(COMPILE.c) $(.LIBPATTERNS) $(origin .DEFAULT_GOAL) $(.RECIPEPREFIX)x\n',
  includes:
    'include inc.mk\n-include nope.mk also-nope.mk\nsinclude *.inc\nall: $(FROM_INC) $(MAKEFILE_LIST)\n',
  'missing makefiles': 'include nope.mk\ninclude also-nope.mk\nall: b\n',
  'shell status': 'X := $(shell echo a b; echo c)\nY != echo d\nall: $(X) $(Y)\n',
  'error function': 'a: b\n\n$(error it is $(CC) broken, really)\nc: d\n',
  'error in a condition':
    'a:\nifeq (x,x)\nifdef Y\n$(error no)\nendif\nifndef Y\n$(error yes)\nendif\nendif\n',
  'missing separator': 'a: b\nfoo bar\n',
  'missing separator with spaces': 'a: b\n        echo hi\n',
  'missing endif': 'ifdef X\na: b\n',
  'extra endif': 'a: b\nendif\n',
  'missing endef': 'a: b\ndefine X\nfoo\n',
  'recipe first': '\techo\na: b\n',
  'unterminated call': 'a: b\nX := $(subst a,b\n',
  'unterminated reference': 'a: b\nX := $(abc\n',
  'self reference': 'X = $(X) a\nall: $(X)\n',
  'both kinds of colons': 'a: b\n\tx\na:: c\n\ty\n',
  'too few arguments': 'a: $(subst a,b)\n',
  'bad word': 'a: $(word x,a)\n',
  'word zero': 'a: $(word 0,a)\n',
  'bad condition': 'a: b\nifeq x y\nendif\n',
  'condition without blank': 'ifeq(a,b)\nendif\n',
  'empty name': ' = 3\n',
  'rule before recipe': 'a: b\n; echo\n',
  'pattern without percent': 'a: b: c\n',
  'pattern that does not match': 'a.o b.q: %.o: %.c\n\tx\n',
  'mixed rules': '%.o a: b\n\tx\n',
  'empty targets': '$(NOPE): a\n\techo\nb: c\n: d\n\te\n',
  'variables that look like directives':
    'include = 1\nexport = 2\nifdef = 3\nall: $(include) $(export) $(ifdef)\n',
  'colons in variables': 'A = b: c\n$(A) d\nX:=1\nY := a:b\nall: $(Y)\n',
  'eval of rules and variables':
    '$(eval A := 1)\n$(eval all: $$(A) b)\n$(eval define Z\nx\nendef)\nq: $(Z)\n',
  'order-only everywhere': 'a: | b c\nd: e|f\ng: h | i j | k\n',
  'windows line ends': 'a: b \\\r\n c\r\nX = 1\r\nd: x$(X)y\r\n\techo\r\n',
  'byte order mark': '\uFEFFa: b\n',
  archives: 'lib.a(x.o y.o): z\nall: lib.a(p.o q.o)\n',
  tilde: 'all: ~/x ~\n',
  waiting: '.NOTPARALLEL:\nall: a .WAIT b\n',
  'info and warning': '$(info a: b)\n$(warning x)\nall: b\n',
  'file function': 'all: $(file < inc.txt) $(file <nope.txt)\n',
  'odd characters': 'a+b: c=d\ne=f: g\n.PHONY: k?\nl@m: n%o\n',
  'a secret default': '.DEFAULT:\n\techo\n.POSIX:\nall: $(CC)\n',
};
