const app = 'services: {app: {image: app}}';

/** Compose projects of one folder that show one thing each; the name says which. */
export const composeCases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  [
    'several documents',
    { 'compose.yaml': `${app}\n---\nservices: {app: {ports: ["1:1"]}, db: {image: db}}\n` },
  ],
  ['a key that is there twice', { 'compose.yaml': 'services:\n  a: {image: x}\n  a: {image: y}\n' }],
  [
    'several merged mappings',
    {
      'compose.yaml':
        'x-a: &a {image: one}\nx-b: &b {image: two, container_name: b}\nservices: {app: {<<: [*a, *b]}}\n',
    },
  ],
  [
    'merge keys in an environment',
    { 'compose.yaml': 'x-e: &e {A: 1, B: 2}\nservices: {app: {image: x, environment: {<<: *e, B: 3}}}\n' },
  ],
  ['an anchor that is not there', { 'compose.yaml': 'services: {app: *none}\n' }],
  [
    'a merge key that names no mapping',
    { 'compose.yaml': 'x-a: &a text\nservices: {app: {<<: *a, image: x}}\n' },
  ],
  ['nested defaults', { 'compose.yaml': 'services: {app: {image: "${A:-${B:-c}${D-e}}"}}\n' }],
  [
    'a default with braces',
    { 'compose.yaml': "services: {app: {image: x, environment: {A: '${A:-{\"a\":1}}', B: '${B:-}}'}}}\n" },
  ],
  ['a default with a colon', { 'compose.yaml': 'services: {app: {image: "${A:-host:80/x:1}"}}\n' }],
  ['a variable that is needed', { 'compose.yaml': 'services: {app: {image: "${NEEDED:?say which}"}}\n' }],
  [
    'a needed variable that is there',
    { 'compose.yaml': 'services: {app: {image: "${NEEDED:?say which}"}}\n', '.env': 'NEEDED=x' },
  ],
  [
    'a needed variable in a default that is not used',
    { 'compose.yaml': 'services: {app: {image: "${A:-${B:?x}}"}}\n', '.env': 'A=x' },
  ],
  ['a lone dollar', { 'compose.yaml': 'services: {app: {image: x, command: "echo $ x"}}\n' }],
  ['a call in brackets', { 'compose.yaml': 'services: {app: {image: x, command: "$(date)"}}\n' }],
  ['an open brace', { 'compose.yaml': 'services: {app: {image: "${A"}}\n' }],
  ['a wrong name', { 'compose.yaml': 'services: {app: {image: "${1A}"}}\n' }],
  ['an unknown operator', { 'compose.yaml': 'services: {app: {image: "${A!b}"}}\n' }],
  [
    'doubled dollars',
    { 'compose.yaml': 'services: {app: {image: x, environment: {A: "$$A $$$$ $${B}"}}}\n' },
  ],
  [
    'a variable with a digit',
    {
      'compose.yaml': 'services: {app: {image: x, environment: {A: "$A1-$_b"}}}\n',
      '.env': 'A1=one\n_b=two\n',
    },
  ],
  [
    'values over several lines',
    {
      'compose.yaml':
        'services:\n  app:\n    image: x\n    environment:\n      A: |\n        one\n        two $B\n      C: >-\n        folded\n        text\n',
      '.env': 'B="x\ny"\n',
    },
  ],
  [
    'a .env with everything',
    {
      'compose.yaml': 'services: {app: {image: x, environment: [A, B, C, D, E, F, G, H, "I=${I}", J]}}\n',
      '.env':
        '# comment\nA=plain # comment\nB="double ${A} \\"x\\" \\n."\nC=\'single ${A}\'\nexport D=exported\nE: colon\nF=\nG=a#b\n\nH=${F:-none}$$\nI="two\nlines"\nJ = spaced\n',
    },
  ],
  [
    'extending in the same file',
    {
      'compose.yaml':
        'services: {a: {image: x, ports: ["1:1"], environment: {A: 1}}, b: {extends: a, ports: ["2:2"], environment: [B=2]}}\n',
    },
  ],
  [
    'extending what extends',
    {
      'compose.yaml':
        'services: {a: {image: x}, b: {extends: {service: a}, volumes: ["./b:/b"]}, c: {extends: b}}\n',
    },
  ],
  ['extending in a circle', { 'compose.yaml': 'services: {a: {image: x, extends: b}, b: {extends: a}}\n' }],
  ['extending itself', { 'compose.yaml': 'services: {a: {image: x, extends: a}}\n' }],
  ['extending what is not there', { 'compose.yaml': 'services: {a: {image: x, extends: none}}\n' }],
  [
    'extending from a file that is not there',
    { 'compose.yaml': 'services: {a: {image: x, extends: {file: none.yaml, service: a}}}\n' },
  ],
  [
    'extending over files and folders',
    {
      'compose.yaml': 'services: {a: {extends: {file: one/f.yaml, service: b}}}\n',
      'one/f.yaml': 'services: {b: {extends: {file: ../two/g.yaml, service: c}, volumes: ["./one:/one"]}}\n',
      'two/g.yaml':
        'services: {c: {extends: d}, d: {build: ., volumes: ["./two:/two"], environment: {A: "${TAG}"}}}\n',
      '.env': 'TAG=own',
      'two/.env': 'TAG=other',
    },
  ],
  [
    'extending in a circle over files',
    {
      'compose.yaml': 'services: {a: {image: x, extends: {file: f.yaml, service: b}}}\n',
      'f.yaml': 'services: {b: {extends: {file: compose.yaml, service: a}}}\n',
    },
  ],
  [
    'including',
    {
      'compose.yaml': 'include: [sub/compose.yaml]\nservices: {app: {image: x, depends_on: [db]}}\n',
      'sub/compose.yaml': 'services: {db: {build: ., volumes: ["./data:/data"], image: "${TAG:-none}"}}\n',
      'sub/.env': 'TAG=sub',
    },
  ],
  [
    'including several files as one',
    {
      'compose.yaml': 'include: [{path: [sub/a.yaml, sub/b.yaml]}]\n',
      'sub/a.yaml': 'services: {db: {image: x}}\n',
      'sub/b.yaml': 'services: {db: {image: y, volumes: ["./b:/b"]}}\n',
    },
  ],
  [
    'including what includes',
    {
      'compose.yaml': 'include: [a/a.yaml]\n',
      'a/a.yaml': 'include: [../b/b.yaml]\nservices: {a: {image: a}}\n',
      'b/b.yaml': 'services: {b: {image: b, volumes: ["./b:/b"]}}\n',
    },
  ],
  [
    'including in a circle',
    {
      'compose.yaml': 'include: [b.yaml]\nservices: {a: {image: x}}\n',
      'b.yaml': 'include: [compose.yaml]\nservices: {b: {image: x}}\n',
    },
  ],
  ['including what is not there', { 'compose.yaml': `include: [none.yaml]\n${app}\n` }],
  [
    'including a service of the same name',
    { 'compose.yaml': `include: [b.yaml]\n${app}\n`, 'b.yaml': 'services: {app: {image: other}}\n' },
  ],
];
