/** Asks for the number of somebody of staff's who gets a message as a test. */
import { TEST_LIST } from '../../conversations/audience.ts';
import { MOST_TESTS } from '../runtime/try-out.ts';
import { Button, FaultSummary, type Faults, Field, Form } from './forms.tsx';

export const NO_NUMBER: Faults = {
  numero: 'Ce n’est pas un numéro de téléphone. Exemple : 06 12 34 56 78.',
};

export const TOO_OFTEN: Faults = {
  '': `Vous avez envoyé ${MOST_TESTS} essais en une heure : rien n’est parti. Recommencez dans l’heure qui vient.`,
};

export const TryForm = ({ action, typed, faults }: { action: string; typed: string; faults: Faults }) => (
  <>
    <FaultSummary faults={faults} />
    <Form action={action}>
      <Field
        name="numero"
        type="tel"
        label="Numéro de téléphone"
        hint={`Un numéro de la liste « ${TEST_LIST} », dont la personne a dit oui.`}
        required
        value={typed}
        faults={faults}
        attributes={{ autocomplete: 'off' }}
      />
      <Button>Envoyer l’essai</Button>
    </Form>
  </>
);
