/** What the lint says of a survey, errors first; each with what to do about it. */

import { inParis } from '../../../conversations/hours.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import { lintSurvey } from '../../../conversations/lint.ts';
import type { Survey } from '../../../conversations/survey.ts';
import type { Deps } from '../../runtime/deps.ts';

export function lintOf(survey: Survey, { world }: Deps, now: Date): Finding[] {
  const findings = lintSurvey(survey, {
    city: world.city,
    others: world.surveys.all().filter(({ key }) => key !== survey.key),
    today: inParis(now).date,
  });
  return [...findings].sort((a, b) => a.severity.localeCompare(b.severity));
}

const NAMES = { error: 'À corriger', warning: 'À regarder' } as const;

/** `at`: where on this page a finding is to be mended. */
export function Findings({
  findings,
  at,
}: {
  findings: Finding[];
  at?(finding: Finding): string | undefined;
}) {
  if (findings.length === 0) return null;
  return (
    <ul class="findings">
      {findings.map((finding) => {
        const href = at?.(finding);
        return (
          <li class={finding.severity}>
            <strong>{NAMES[finding.severity]}</strong>
            {finding.question && (
              <>
                {', '}
                {href ? (
                  <a href={href}>question « {finding.question} »</a>
                ) : (
                  `question « ${finding.question} »`
                )}
              </>
            )}
            {' : '}
            {finding.message}
          </li>
        );
      })}
    </ul>
  );
}
