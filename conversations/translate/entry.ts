/** A catalogue of texts to translate, and what came back from a translator. Owns the shapes, no file format. */

export interface Entry {
  /** Where it stands, for ever: `phrases/join.offer`, `question/age/option/a`. */
  key: string;
  /** The text it is translated from. */
  source: string;
  /** Empty where the language lacks it. */
  text: string;
  /** For the translator, in French: where it appears, how long it may be, what its places hold. */
  notes: string[];
  /** No native speaker has read it as it stands, or its source has changed since. */
  unread: boolean;
  rules: Rules;
}

/** What a text must keep to. */
export interface Rules {
  places: 'phrase' | 'survey';
  /** Places that may be left out: one and two may be said in a word instead of a figure. */
  optional?: string[];
  /** The text as it may go out at its longest: what it costs. Not there for what is read on a page. */
  filled?(text: string): string;
  /** SMS parts that it should not exceed. */
  most?: number;
  /** Above `most` it is refused, not only told: our French is one part. */
  strict?: true;
  /** Letters of a button or a row of a list. */
  width?: number;
  /** Typography that would only cost is refused. */
  plainLetters?: true;
}

export interface Catalogue {
  /** `phrases`, or `survey square r1`. */
  name: string;
  language: string;
  entries: Entry[];
}

/** One text as it stands in a file. Lines count from 1. */
export interface Row {
  /** Of the translation itself. */
  line: number;
  key: string;
  source: string;
  text: string;
  /** The translator is not sure of it. */
  unsure: boolean;
}

/** A file as it was read. */
export interface Sheet {
  name: string;
  language: string;
  /** It says that a native speaker has read all of it. */
  reviewed: boolean;
  /** Where it says so. */
  line: number;
  rows: Row[];
}

/** Something to say about a line, in French. */
export interface Remark {
  line: number;
  what: string;
}

export interface Change {
  key: string;
  line: number;
  text: string;
  /** It had no text before. */
  added: boolean;
}
