import { type ChildMessage, isJobMessage, type JobMessage } from './messages.ts';

/** How often a child without /proc says how much memory it holds, in milliseconds. */
const memoryReportEvery = 250;

/** Does one job. It may say which step it begins, and with undefined that the last of them is done. */
export type JobHandler<Job> = (job: Job, begun: (step: unknown) => void) => Promise<unknown>;

/**
 * Makes this process a child of `ReadingPool`: it handles one job at a time, in the order of their coming, until its
 * parent goes away. What the handler throws becomes the job's `failed` outcome. Call it once, as soon as the program
 * has started; load what jobs need inside the handler.
 * @throws Error when the process was not forked with a channel.
 */
export function serveJobs<Job>(handler: JobHandler<Job>): void {
  if (!process.send) throw new Error('this program is started by pincite and cannot be run by itself');
  const waiting: JobMessage<Job>[] = [];
  let busy = false;
  const next = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    for (let message = waiting.shift(); message; message = waiting.shift())
      tell(await answer(message, handler));
    busy = false;
  };
  process.on('message', (message) => {
    if (!isJobMessage<Job>(message)) return;
    waiting.push(message);
    void next();
  });
  liveWithParent();
  tell({ type: 'ready' });
}

async function answer<Job>(message: JobMessage<Job>, handler: JobHandler<Job>): Promise<ChildMessage> {
  const { id } = message;
  try {
    const result = await handler(message.job, (step) => tell({ type: 'begun', id, step }));
    return { type: 'done', id, result };
  } catch (error) {
    return {
      type: 'failed',
      id,
      message: error instanceof Error ? error.message : String(error),
    };
  }
}

function tell(message: ChildMessage): void {
  // The callback keeps a write into a closed channel from becoming an uncaught error; 'disconnect' ends the process.
  process.send?.(message, undefined, undefined, () => undefined);
}

/**
 * The child goes when its parent goes, however that ended; for one that hangs in a loop see `StuckChildren`. An
 * interrupt from the keyboard reaches the whole group of processes; what is to become of the work is for the parent to
 * say.
 */
function liveWithParent(): void {
  process.on('disconnect', () => process.exit(0));
  // A promise that a library leaves behind says nothing about the job: that has an outcome of its own.
  process.on('unhandledRejection', () => undefined);
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => process.exit(0));
  if (process.platform !== 'linux') {
    setInterval(() => tell({ type: 'memory', bytes: process.memoryUsage.rss() }), memoryReportEvery).unref();
  }
}
