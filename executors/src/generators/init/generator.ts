import {
  formatFiles,
  globAsync,
  logger,
  readNxJson,
  updateNxJson,
  type GeneratorCallback,
  type Tree,
} from '@nx/devkit';
import { parseInferenceOptions } from '@switchyard/tools/make';
import { inferWorkspace } from '../../inference/infer-workspace.ts';
import { projectFiles } from '../../inference/project-folders.ts';
import { describeFindings } from './describe-findings.ts';
import { initOptions, type InitOptions } from './options.ts';

const plugin = '@switchyard/executors';

/** Registers the plugin in nx.json, once, and says what it finds and what to try next. */
export default async function init(tree: Tree, given: InitOptions): Promise<GeneratorCallback> {
  const { prefix, skipFormat } = initOptions.parse(given);
  const nxJson = readNxJson(tree) ?? {};
  const plugins = nxJson.plugins ?? [];
  const registered = plugins.find((entry) => (typeof entry === 'string' ? entry : entry.plugin) === plugin);
  const options = prefix === undefined || prefix === '' ? undefined : { prefix };
  if (registered === undefined) {
    updateNxJson(tree, {
      ...nxJson,
      plugins: [...plugins, options === undefined ? plugin : { plugin, options }],
    });
    if (!skipFormat) await formatFiles(tree);
  }
  const inUse =
    registered === undefined ? options : typeof registered === 'string' ? undefined : registered.options;
  const files = await globAsync(tree, [projectFiles]);
  const findings = await inferWorkspace(tree.root, files, parseInferenceOptions(inUse));
  return () => {
    logger.info(describeFindings(findings, registered !== undefined));
  };
}
