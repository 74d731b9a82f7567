import unhomoglyph from 'unhomoglyph';

/**
 * The form in which names that look alike are equal (UTS 39 confusables, letter case and white space aside). Two names with
 * one skeleton can be taken for each other (rule M11); it is compared, never shown. For the server: its table is large.
 */
export function nameSkeleton(name: string): string {
  let skeleton = name;
  // What one look-alike is replaced by may have look-alikes of its own ("%" takes three passes).
  for (let pass = 0; pass < 8; pass++) {
    const plainer = withoutLookAlikes(skeleton);
    if (plainer === skeleton) break;
    skeleton = plainer;
  }
  return skeleton;
}

function withoutLookAlikes(text: string): string {
  const visible = text.normalize('NFKD').replace(/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/gu, '');
  // The table turns I into l, lower case turns it into i: one class, whatever the case it was written in.
  return unhomoglyph(visible).toLowerCase().replaceAll('i', 'l').normalize('NFKD');
}
