// For each file of a package that is imported, Node reads the whole package.json of that package again. That of drizzle-orm has 180 kB, which
// was most of what a command took: its files are said to be modules here, as its package.json has it, and its names are resolved once.
import { registerHooks } from 'node:module';

type Resolve = NonNullable<Parameters<typeof registerHooks>[0]['resolve']>;
const resolved = new Map<string, ReturnType<Resolve>>();

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL = '' } = context;
    if (parentURL.includes('/node_modules/drizzle-orm/') && /^\..*\.js$/.test(specifier))
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true };
    if (!specifier.startsWith('drizzle-orm')) return next(specifier, context);
    const known = resolved.get(specifier);
    if (known) return { ...known, shortCircuit: true };
    const found = next(specifier, context);
    resolved.set(specifier, found);
    return found;
  },
});
