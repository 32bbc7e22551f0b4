import { text } from '../../core/text.ts';

// What is said in more than one table: one text, so that nobody has to translate it twice.

export const router = text('zeroconf_router', 'Compare the address with the one in your router.');
