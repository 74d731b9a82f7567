import { Button } from '#components/button';
import { DeadEnd } from '#components/dead-end';

// A form without an address asks for the page itself, also without JavaScript.
const again = (
  <form>
    <Button type="submit">Try again</Button>
  </form>
);

/** The 500 page: an error that nobody foresaw, found in the log under its reference. */
export function Failed({ reference }: { reference: string | null }) {
  return (
    <DeadEnd code="500" title="Something went wrong on our side" ways={again}>
      <p>It has been written down. What you typed may not have been saved: look before you do it again.</p>
      {reference && <p className="mt-2 [overflow-wrap:anywhere]">Reference: {reference}</p>}
    </DeadEnd>
  );
}

/** The 503 page: the database does not answer. */
export function Unavailable() {
  return (
    <DeadEnd code="503" title="Just a moment" ways={again}>
      <p>The database cannot be reached just now. Nothing that was saved is lost; try again shortly.</p>
    </DeadEnd>
  );
}
