/**
 * A step of an endpoint that this project adds to oidc-provider. `on`: the requests that take it. `refuses`: the OAuth errors with which it can
 * end the request.
 */
export function step<Run extends (...args: never[]) => unknown>(run: Run, on: readonly string[], ...refuses: string[]) {
  return { run, on, refuses };
}

/** A step of oidc-provider itself; the row has the name of its function. */
export function ofLibrary(on: readonly string[], ...refuses: string[]) {
  return { on, refuses };
}
