import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';

export default page(async function SignOutLayout({ children }: LayoutProps<'/sign-out'>) {
  return <LanguageFrame>{children}</LanguageFrame>;
});
