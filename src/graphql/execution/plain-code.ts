import type { FieldPlan } from './plan.ts';

export type IsPlain = (rows: readonly unknown[]) => boolean;

/**
 * A function that looks through the properties which leaves of these fields are read from. Written out for the fields,
 * because reading a property by a name that changes costs five times as much as by one that stands in the code. Its
 * text holds nothing but names from the schema.
 */
export function plainCode(fields: readonly FieldPlan[]): IsPlain {
  const read = fields.filter(({ resolve, type }) => resolve === null && type.leaf !== null);
  const checks = read.map(
    ({ def }) => `v = row.${def.name};
      if (typeof v === 'function' || (typeof v === 'object' && v !== null)) return false;`,
  );
  return new Function(
    'rows',
    `let v;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (typeof row !== 'object' || row === null) return false;
      ${checks.join('\n')}
    }
    return true;`,
  ) as IsPlain;
}

/** Whether a field's values are read where they are written, without a column. */
export function isRead(field: FieldPlan): boolean {
  return field.resolve === null && field.type.leaf !== null;
}
