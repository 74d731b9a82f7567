'use server';

import { redirect } from 'next/navigation';
import { createInvitation, revokeInvitation } from '#lib/invitations/index';
import { changeMemberRole, leaveOrganization, removeMember } from '#lib/members/index';
import { isRole, type Role } from '#lib/members/rules';
import { removeOrganization, renameOrganization } from '#lib/organizations/index';
import { formAction } from '#lib/portal/action';
import { type FormState, textIn } from '#lib/portal/forms';
import { requireContext, type SignedIn } from '#lib/portal/session';
import { createProduct, removeProduct, renameProduct } from '#lib/products/index';

type Work = (ctx: SignedIn, organizationId: string) => Promise<string>;

/** Runs `work` and redirects to the organization's page, or to `path`, which shows the result. */
async function act(form: FormData, work: Work, path?: string): Promise<FormState> {
  const organizationId = textIn(form, 'organizationId');
  const page = `/settings/organizations/${encodeURIComponent(organizationId)}`;
  const ctx = await requireContext(page);
  const outcome = await work(ctx, organizationId);
  redirect(`${path ?? page}?done=${outcome}`);
}

/** Reads a role; an unknown value is the weakest role. */
const roleOf = (form: FormData): Role => {
  const role = textIn(form, 'role');
  return isRole(role) ? role : 'viewer';
};

const productOf = (form: FormData) => {
  const id = textIn(form, 'productId');
  return /^[1-9]\d{0,8}$/.test(id) ? Number(id) : 0;
};

export const rename = formAction(async (_: FormState, form: FormData) => {
  return act(form, async (ctx, id) => {
    await renameOrganization(ctx, id, textIn(form, 'name'));
    return 'renamed';
  });
});

export const changeRole = formAction(async (_: FormState, form: FormData) => {
  return act(form, async (ctx, id) => {
    await changeMemberRole(ctx, id, textIn(form, 'userId'), roleOf(form));
    return 'role';
  });
});

export const remove = formAction(async (_: FormState, form: FormData) => {
  return act(form, async (ctx, id) => {
    await removeMember(ctx, id, textIn(form, 'userId'));
    return 'removed';
  });
});

export const invite = formAction(async (_: FormState, form: FormData) => {
  return act(form, async (ctx, id) => {
    const { sent } = await createInvitation(ctx, id, { email: textIn(form, 'email'), role: roleOf(form) });
    return sent ? 'invited' : 'unsent';
  });
});

export const takeBack = formAction(async (_: FormState, form: FormData) => {
  return act(form, async (ctx, id) => {
    await revokeInvitation(ctx, id, textIn(form, 'invitationId'));
    return 'invitation-revoked';
  });
});

export const addProduct = formAction(async (_: FormState, form: FormData) => {
  return act(form, async (ctx, organizationId) => {
    const slug = textIn(form, 'slug').trim();
    await createProduct(ctx, { organizationId, name: textIn(form, 'name'), ...(slug && { slug }) });
    return 'product-added';
  });
});

export const changeProduct = formAction(async (_: FormState, form: FormData) => {
  return act(form, async (ctx, id) => {
    await renameProduct(ctx, id, productOf(form), textIn(form, 'name'));
    return 'product-renamed';
  });
});

export const deleteProduct = formAction(async (_: FormState, form: FormData) => {
  return act(form, async (ctx, id) => {
    await removeProduct(ctx, id, productOf(form));
    return 'product-removed';
  });
});

export const leave = formAction(async (_: FormState, form: FormData) => {
  return act(
    form,
    async (ctx, id) => {
      await leaveOrganization(ctx, id);
      return 'left';
    },
    '/settings/organizations',
  );
});

export const deleteAll = formAction(async (_: FormState, form: FormData) => {
  return act(
    form,
    async (ctx, id) => {
      await removeOrganization(ctx, id);
      return 'deleted';
    },
    '/settings/organizations',
  );
});
