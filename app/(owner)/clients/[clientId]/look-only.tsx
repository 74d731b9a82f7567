import { Notice } from '#components/notice';

/** Says why a page of a client has no form. */
export const LookOnly = () => (
  <div className="mb-6">
    <Notice>You may look at this app, but your role does not let you change it.</Notice>
  </div>
);
