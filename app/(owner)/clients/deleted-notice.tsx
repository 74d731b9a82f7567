import { Notice } from '#components/notice';

/** Where the deletion of an app leads. */
export const DeletedNotice = () => (
  <div role="status" className="mb-6">
    <Notice tone="good">The app was deleted. Its client ID has stopped working.</Notice>
  </div>
);
