/** Rules of cdk-nag that a resource does not keep, each with its reason: the only place that acknowledges one. */
import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** `rule` as cdk-nag reports it, with the one finding in brackets where it has several. */
export function accept(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: rule, reason });
}
