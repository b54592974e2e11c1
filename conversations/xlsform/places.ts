/** Which cell of a form a part of its survey came from: the lint and the store speak of `questions[2].text.tr`. */
import type { Row } from './sheet.ts';
import type { Cell } from './workbook.ts';

/** Fields of ours whose column has another name. */
const COLUMNS: Record<string, string> = {
  id: 'name',
  text: 'label',
  title: 'label',
  guidance: 'guidance_hint',
  constraintMessage: 'constraint_message',
  filter: 'choice_filter',
  min: 'constraint',
  max: 'constraint',
  most: 'pv:most',
  names: 'pv:names',
  typed: 'sms_option',
  options: 'type',
  list: 'type',
  '': 'name',
};

const FIELDS_OF_OURS: Record<string, string> = { lists: 'list', remindAfter: 'remind_after' };

const PLACE =
  /^(?:(questions|sections)\[(\d+)\])?(?:\.?options\[(\d+)\])?\.?(\w*)(?:\[\d+\])?(?:\.([\w-]+))?$/;

export class Places {
  readonly questions: { row: Row; choices: Row[] }[] = [];
  readonly sections: Row[] = [];
  readonly own = new Map<string, Row>();
  /** Cells of settings, by the field they say. */
  readonly settings = new Map<string, Cell | undefined>();

  /** Nothing where no cell says it. */
  find(place: string): Cell | undefined {
    const [, part, index, option, field = '', language] = PLACE.exec(place) ?? [];
    if (part === 'sections') return cellIn(this.sections[Number(index)], field, language);
    if (!part) {
      const row = this.own.get(FIELDS_OF_OURS[field] ?? field);
      return row
        ? (row.texts('text')[language ?? ''] ?? row.get('value') ?? row.place('value'))
        : this.settings.get(field);
    }
    const question = this.questions[Number(index)];
    if (!question) return undefined;
    const { row, choices } = question;
    if (option !== undefined) return cellIn(choices[Number(option)], field || 'id', language);
    // The ends of a scale are its first choice and its last.
    if (field === 'low' || field === 'high')
      return cellIn(choices.at(field === 'low' ? 0 : -1), 'label', language);
    return cellIn(row, field, language);
  }
}

function cellIn(row: Row | undefined, field: string, language: string | undefined): Cell | undefined {
  const column = COLUMNS[field] ?? field;
  return row && (row.texts(column)[language ?? ''] ?? row.get(column) ?? row.place(column));
}
