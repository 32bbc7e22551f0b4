import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait long for something, the longest first. Begun last, they would make everybody wait for them alone. */
const longest = [
  ...['model', 'damage'],
  ...['gone', 'one-request', 'servers', 'bad-input', 'interruptions', 'taken-away', 'looks', 'this-computer'],
  ...['options', 'devices', 'permissions', 'whole-file', 'guide', 'deed'],
];

/** Begins with the files that take longest; a clean clone does not know yet which those are. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
