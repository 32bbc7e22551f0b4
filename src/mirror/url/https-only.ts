import * as v from 'valibot';

const turned = v.object({ cause: v.object({ code: v.literal('HTTPS_ONLY') }) });

/** Whether a rejected fetch was one that the browser turned into https: the shell says so in `cause.code`. */
export function wasTurnedIntoHttps(error: unknown): boolean {
  return v.is(turned, error);
}
