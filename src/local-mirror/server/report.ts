import * as v from 'valibot';

/** Only `error` of the report is known; the other fields were never published (protocol §4.6, itead#97). */
const reportSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({ error: v.pipe(v.number(), v.integer()) }),
);

/** The `error` of a device's report; null when it cannot be read. */
export function readReport(body: string): number | null {
  const read = v.safeParse(reportSchema, body);
  return read.success ? read.output.error : null;
}
