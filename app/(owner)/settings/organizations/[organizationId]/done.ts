import { tableOf } from '#lib/table';

type Outcome = { tone: 'good' | 'warn'; text: string };

const good = (text: string): Outcome => ({ tone: 'good', text });

/** What has just happened, by the word that an action leaves in the address. */
export const done = tableOf<Outcome>({
  renamed: good('The new name is saved.'),
  role: good('The role is changed. It counts from their next click or request on.'),
  removed: good('They are no longer a member, and their tokens here have ended.'),
  invited: good('The invitation is on its way. Its link works for seven days.'),
  unsent: {
    tone: 'warn',
    text: 'The invitation stands, but the mail server refused the mail. Invite the same address again later.',
  },
  'invitation-revoked': good('The invitation is taken back: its link opens nothing any more.'),
  'product-added': good('The product is added.'),
  'product-renamed': good('The product has its new name.'),
  'product-removed': good('The product is removed.'),
  joined: good('Welcome. You are a member now.'),
});
