import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';

export default page(async function PublicLayout({ children }: LayoutProps<'/public'>) {
  return <LanguageFrame>{children}</LanguageFrame>;
});
