import { Chart } from '#components/chart';
import { Progress, Score } from '#components/score';
import { Section } from '#components/section';
import { Stat, Stats } from '#components/stat';

const days = Array.from({ length: 30 }, (_, day) => 40 + ((day * 7) % 11) + day);
const span = { from: '1 Nov', to: '30 Nov' };

export function Numbers() {
  return (
    <Section title="Numbers">
      <Stats>
        <Stat label="Apps" value="512" change="+38">
          <Chart small label="Apps, last 30 days" values={days} {...span} />
        </Stat>
        <Stat label="Tokens issued" value="1.92 M" change="↑ 4.1%">
          <Chart small kind="bar" label="Tokens, last 30 days" values={days} {...span} />
        </Stat>
        <Stat label="Too few days for a chart" value="3">
          <Chart small label="Days" values={[1, 2, 3]} {...span} />
        </Stat>
      </Stats>
      <Chart label="Requests, last 30 days" values={days} {...span} />
      <div className="flex flex-wrap items-center gap-4">
        {[100, 80, 62, 41].map((value) => (
          <Score key={value} value={value} />
        ))}
        <Score value={86} big />
      </div>
      <Progress label="Translated" value={64} />
    </Section>
  );
}
