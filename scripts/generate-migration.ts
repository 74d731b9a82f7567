// `npm run db:generate -- NAME`: writes drizzle/NNNN_NAME.sql with the difference between db/schema and the existing migrations.
import { spawnSync } from 'node:child_process';

const [name = ''] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name)) {
  process.stderr.write(
    'Name the migration in lower case, with underscores: npm run db:generate -- client_support_uri\n',
  );
  process.exit(2);
}
const { status } = spawnSync(process.execPath, ['node_modules/drizzle-kit/bin.cjs', 'generate', '--name', name], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
