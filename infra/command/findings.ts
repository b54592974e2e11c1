/** What a lint found, as a terminal shows it. */
import type { Finding } from '../../conversations/lint/finding.ts';

const SEVERITY = { error: 'erreur', warning: 'avertissement' } as const;

/** Errors first. */
export const findingLines = (findings: readonly Finding[]): string[] =>
  [...findings]
    .sort((a, b) => a.severity.localeCompare(b.severity))
    .map(({ severity, place, message }) => `  ${SEVERITY[severity]}  ${place}: ${message}`);
