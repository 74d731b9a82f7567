import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';

export default page(async function ConsentLayout({ children }: LayoutProps<'/consent'>) {
  return <LanguageFrame>{children}</LanguageFrame>;
});
