'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button, buttonClass } from '#components/button';
import { Checkbox } from '#components/checkbox';
import { Dialog } from '#components/dialog';
import { Drawer } from '#components/drawer';
import { Field } from '#components/field';
import { Section } from '#components/section';
import { showToast } from '#components/toast';

export function Overlays() {
  const [open, setOpen] = useState<'question' | 'secret'>();
  const [stored, setStored] = useState(false);
  const close = () => setOpen(undefined);
  return (
    <Section title="Overlays">
      <div className="flex flex-wrap gap-2">
        <Button variant="danger" onClick={() => setOpen('question')}>
          Delete…
        </Button>
        <Button variant="secondary" onClick={() => setOpen('secret')}>
          Show a secret
        </Button>
        <Button
          variant="secondary"
          onClick={() => showToast('Ledger Sync was disabled.', () => showToast('Ledger Sync is active again.'))}
        >
          Show a toast
        </Button>
        <Link href="/components?drawer" className={buttonClass('secondary')}>
          Open the drawer
        </Link>
      </div>
      <Dialog
        title="Delete Ledger Sync?"
        open={open === 'question'}
        onClose={close}
        foot={
          <>
            <Button variant="secondary" onClick={close}>
              Cancel
            </Button>
            <Button variant="danger" onClick={close}>
              Delete
            </Button>
          </>
        }
      >
        <p>This cannot be undone. The history is kept.</p>
      </Dialog>
      <Dialog
        title="Copy your client secret now"
        open={open === 'secret'}
        onClose={close}
        firm
        foot={
          <>
            <Checkbox
              name="stored"
              label="I have stored it"
              checked={stored}
              onChange={({ target }) => setStored(target.checked)}
            />
            <Button disabled={!stored} onClick={close}>
              Done
            </Button>
          </>
        }
      >
        <p>This is the only time it is shown.</p>
        <p className="secret mt-3">
          <code>clt_cs_example</code>
        </p>
      </Dialog>
    </Section>
  );
}

export function DrawerExample() {
  return (
    <Drawer
      title={<code>invoices:write</code>}
      about="14 apps · 3,120 users"
      back="/components"
      foot={
        <>
          <Button variant="danger">Retire…</Button>
          <Button>Save</Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field name="drawer-title" label="Title" lang="pl" defaultValue="Tworzenie i zmienianie faktur" />
      </div>
    </Drawer>
  );
}
