/** Where a case stands while it is being laid out. */
export interface CasePlace {
  /** Absolute path of the case's own folder, which is there already. */
  readonly folder: string;
  /** A file beside the workspace that nothing may show. */
  readonly secret: string;
  /** Port of a listener that must see nobody. */
  readonly port: number;
}

/** A folder of a repository that means harm. Its Makefile gets the rule `there: literal` at its end unless it is given as a file. */
export interface HostileCase {
  readonly name: string;
  readonly makefile?: string | ((place: CasePlace) => string);
  /** More files, by their path in the folder. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** What plain files cannot do: pipes, links, repositories. */
  readonly layOut?: (place: CasePlace) => void;
  /** The rule `there` need not be found: the Makefile is no text, or not there. */
  readonly unreadable?: true;
}
