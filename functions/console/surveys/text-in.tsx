/** A text of a survey in its own language, script and direction. */

/** Simple words are French; the tag for them is too new for readers of pages. */
export const tagOf = (language: string): string => (language === 'fr-facile' ? 'fr' : language);

export const TextIn = ({ language, children }: { language: string; children?: string | undefined }) => (
  <bdi lang={tagOf(language)} dir="auto">
    {children}
  </bdi>
);
