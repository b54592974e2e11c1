/** A program: loads a bundle as Lambda does and prints what that took; with an event, until it is answered. */
const [, , file, event, needle] = process.argv;
const before = process.cpuUsage();
const { handler } = require(file);
const report = () => {
  const { user, system } = process.cpuUsage();
  const whole = user + system;
  const load = whole - before.user - before.system;
  console.log(
    JSON.stringify({ load: load / 1000, whole: whole / 1000, rssMb: process.memoryUsage.rss() / 1048576 }),
  );
  process.exit(0);
};
if (event === undefined) report();
else
  handler(JSON.parse(event)).then((answer) => {
    if (!JSON.stringify(answer).includes(needle))
      throw new Error(`another answer: ${JSON.stringify(answer)}`);
    report();
  });
