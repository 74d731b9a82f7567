import { type Role, roles } from '#lib/kernel/actor';

export { type Role, roles };

/** Each role's title and a sentence on what it may do. */
export const roleTexts: Record<Role, { title: string; description: string }> = {
  owner: { title: 'Owner', description: 'Everything, and makes other owners.' },
  admin: { title: 'Admin', description: 'Everything but making or removing owners.' },
  developer: { title: 'Developer', description: 'Registers apps; changes those they created or manage.' },
  viewer: { title: 'Viewer', description: 'Sees apps, without secrets.' },
};

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** The roles that someone with `role` may give and take. */
export function grantableBy(role: Role | 'operator'): readonly Role[] {
  if (role === 'owner' || role === 'operator') return roles;
  return role === 'admin' ? roles.filter((one) => one !== 'owner') : [];
}
