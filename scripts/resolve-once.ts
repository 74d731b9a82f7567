// For each imported file of a package, Node reads the package's package.json again. That of drizzle-orm has 180 kB, and reading it took most
// of a command's time. So this hook treats drizzle-orm's files as modules, as its package.json does, and resolves each name once.
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
