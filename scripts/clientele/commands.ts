import { clientCommands } from './client.ts';
import type { Command } from './command.ts';
import { doctorCommand } from './doctor.ts';
import { domainCommands } from './domain.ts';
import { keysCommand } from './keys.ts';
import { migrateCommand } from './migrate.ts';
import { organizationCommands } from './organization.ts';
import { productCommands } from './product.ts';
import { registrationTokenCommands } from './registration-token.ts';
import { resourceCommands } from './resource.ts';
import { seedCommand } from './seed.ts';
import { tokenCommands } from './token.ts';
import { userCommands } from './user.ts';

export const commands: readonly Command[] = [
  ...userCommands,
  ...tokenCommands,
  ...organizationCommands,
  ...productCommands,
  ...registrationTokenCommands,
  ...clientCommands,
  ...resourceCommands,
  ...domainCommands,
  keysCommand,
  seedCommand,
  migrateCommand,
  doctorCommand,
];
