import unhomoglyph from 'unhomoglyph';

/**
 * The form in which names that look alike are equal (UTS 39 confusables, letter case and white space aside). Two names with
 * one skeleton can be taken for each other (rule M11); it is compared, never shown. For the server: its table is large.
 */
export function nameSkeleton(name: string): string {
  const visible = name.normalize('NFKD').replace(/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/gu, '');
  const alike = unhomoglyph(unhomoglyph(visible).toLowerCase()).normalize('NFKD');
  // The table turns I into l, lower case turns it into i: one class, whatever the case it was written in.
  return alike.toLowerCase().replaceAll('i', 'l').normalize('NFC');
}
