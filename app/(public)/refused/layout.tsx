import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';

export default page(async function RefusedLayout({ children }: LayoutProps<'/refused'>) {
  return <LanguageFrame>{children}</LanguageFrame>;
});
