import type { Db } from '#db/client';
import { selectKeyIds } from '#db/queries/server';
import { hasKeys, keysFolder, openKeys } from '../keys.ts';
import { type Finding, ill, messageOf, well } from './finding.ts';

/** Opens the keys, if there are any, and looks whether the database was written under others. */
export async function checkKeys(db: Db, dataFolder: string): Promise<Finding> {
  const folder = keysFolder(dataFolder);
  const restore = `Restore ${folder} from the backup of this installation. Without it the credentials made under them do not work.`;
  try {
    const used = await selectKeyIds(db);
    if (!hasKeys(folder))
      return used.length === 0
        ? well('keys', 'none yet (made by the first start)')
        : ill('keys', `The database needs the keys ${used.join(', ')}, but ${folder} lacks them.`, restore);
    const { peppers, sealingKeys } = openKeys(folder);
    const lost = used.filter((id) => !peppers.has(id) && !sealingKeys.has(id));
    if (lost.length > 0) return ill('keys', `The database needs keys that are not there: ${lost.join(', ')}.`, restore);
    return well(
      'keys',
      `${peppers.size + sealingKeys.size} for hashing and sealing, and every one that the database needs`,
    );
  } catch (error) {
    return ill('keys', messageOf(error), restore);
  }
}
