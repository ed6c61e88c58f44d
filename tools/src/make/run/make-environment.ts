/** What an outer make or the plugin leaves in the environment, and what is not meant for the make that we start. */
const notForMake = ['MAKEFLAGS', 'MAKELEVEL', 'MFLAGS', 'MAKEOVERRIDES', 'GNUMAKEFLAGS', 'SWITCHYARD_ARGV'];

/** The environment for a make of our own: not one inside an outer make, whose jobserver and flags are not ours. */
export function makeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const ours = { ...environment };
  for (const name of notForMake) Reflect.deleteProperty(ours, name);
  return ours;
}
