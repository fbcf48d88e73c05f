import type { Place } from '../../record-source.ts';
import type { OnBytes } from '../reading.ts';
import type { XmlItem } from '../xml-items.ts';
import type { History } from './history.ts';
import { type Dump, type DumpFile, fileOf, type Survey } from './survey.ts';

/** What the parts of the converter share. */
export interface Reading {
  readonly dump: Dump;
  readonly survey: Survey;
  /** The texts as people wrote them. Null if the dump has no PostHistory.xml. */
  readonly history: History | null;
  readonly onBytes: OnBytes;
}

/** Where a row is. */
export function placeOf({ dump }: Reading, name: DumpFile, row: XmlItem): Place {
  const id = row.attributes['Id'];
  return {
    file: fileOf(dump, name),
    line: row.line,
    ...(id !== undefined && { element: `row ${id.slice(0, 20)}` }),
  };
}

export const postKey = (site: string, id: number) => `stackexchange:${site}:post:${id}`;
