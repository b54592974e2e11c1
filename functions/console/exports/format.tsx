/** In which form an export is wanted: the field, and what was chosen in it. */
import { EXPORT_FORMATS, type ExportFormat } from '../../store/exports.ts';
import { Choices, type Faults } from '../forms.tsx';
import { FORMAT_NAMES } from './words.ts';

export const NO_FORMAT: Faults = { format: 'Choisissez un format : classeur XLSX ou fichiers CSV.' };

export const formatIn = (typed: string): ExportFormat | undefined =>
  EXPORT_FORMATS.find((each) => each === typed);

export const FormatField = ({
  typed = 'xlsx',
  faults,
  hint,
}: {
  typed: string | undefined;
  faults: Faults;
  hint?: string;
}) => (
  <Choices
    name="format"
    label="Format"
    required
    one
    values={[typed]}
    faults={faults}
    hint={hint}
    choices={EXPORT_FORMATS.map((value) => ({ value, label: FORMAT_NAMES[value] })).reverse()}
  />
);
