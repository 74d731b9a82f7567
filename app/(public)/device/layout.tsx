import { LanguageFrame } from '#app/language-frame';
import { page } from '#app/page-answer';

export default page(async function DeviceLayout({ children }: LayoutProps<'/device'>) {
  return <LanguageFrame>{children}</LanguageFrame>;
});
