import { describe, expect, test } from 'vitest';
import { getMail, listMails, sendMail } from '#lib/mail/index';
import { anOrganization, aPerson, stranger, throughToken } from '#support/actors';
import { db } from '#support/database';

describe('without an SMTP server', () => {
  test("mail is kept for the operator's mailbox, the newest first", async () => {
    const operator = await aPerson(db, { isOperator: true });
    for (const subject of ['one', 'two'])
      await sendMail(db, { to: 'ada@example.com', subject, text: `body of ${subject}` });
    const { mails, next } = await listMails(operator);
    expect(mails.map(({ subject }) => subject)).toEqual(['two', 'one']);
    expect(next).toBeUndefined();
    expect(await getMail(operator, mails[0]?.id ?? '')).toMatchObject({
      recipient: 'ada@example.com',
      body: 'body of two',
    });
    expect((await listMails(operator, mails[0]?.id)).mails.map(({ subject }) => subject)).toEqual(['one']);
  });

  test('the mailbox is not there for anyone but a signed-in operator', async () => {
    const operator = await aPerson(db, { isOperator: true });
    const { mails } = await listMails(operator);
    const program = await throughToken(operator, (await anOrganization(db)).id, ['org:admin']);
    const others = [stranger(db), await aPerson(db), program];
    for (const other of others) {
      await expect(listMails(other)).rejects.toMatchObject({ code: 'not_found' });
      await expect(getMail(other, mails[0]?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
    }
    for (const id of ['', 'x', crypto.randomUUID()])
      await expect(getMail(operator, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
