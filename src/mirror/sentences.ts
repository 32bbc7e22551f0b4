import { text } from '../core/text.ts';

// What is said in more than one place: one text, so that nobody has to translate it twice.

export const another = text('mirror_another', 'Choose another mirror.');
export const again = text('mirror_again', 'Fetch the firmware again.');
export const useRecipe = text(
  'mirror_use_recipe',
  'Set the server up as in the recipes, or choose another mirror.',
);
