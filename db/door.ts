type Waiting = { enter: () => void; timer: NodeJS.Timeout };
type Door = <T>(work: () => PromiseLike<T>) => Promise<T>;

/** Lets `places` pieces of work run at once; the others wait, but never longer than `waitMs`. */
export function makeDoor(places: number, waitMs: number): Door {
  let free = places;
  const waiting = new Set<Waiting>();

  const place = () =>
    new Promise<void>((enter, refuse) => {
      const giveUp = () => {
        waiting.delete(self);
        refuse(Object.assign(new Error('every connection to the database is busy'), { code: 'POOL_BUSY' }));
      };
      const self: Waiting = { enter, timer: setTimeout(giveUp, waitMs) };
      waiting.add(self);
    });

  const leave = () => {
    const [next] = waiting;
    if (!next) {
      free += 1;
      return;
    }
    waiting.delete(next);
    clearTimeout(next.timer);
    next.enter();
  };

  return async (work) => {
    if (free > 0) free -= 1;
    else await place();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
