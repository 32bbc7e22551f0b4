import { text } from '../../core/text.ts';

// What stands in the sentences of the table where an alert names this very device, mirror or file.

export const itsAddress = text('flash_its_address', 'its address');
export const theMirror = text('flash_the_mirror', 'the mirror');
export const theFile = text('flash_the_file', 'the file');
