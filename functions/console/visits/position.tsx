/** Where on the map people meet, in one field: the figures of a map, or its link. */
import { type Faults, Field } from '../forms.tsx';

export const PositionField = (field: { name: string; faults: Faults; value: string }) => (
  <Field
    {...field}
    label="Position sur la carte"
    hint="WhatsApp et l’agenda la montrent. Sur openstreetmap.org ou Google Maps, trouvez le lieu, copiez l’adresse de la page et collez-la ici, ou collez « 48.9101, 2.5533 »."
    attributes={{ autocomplete: 'off' }}
  />
);
